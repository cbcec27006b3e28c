"""The packets, built and checked the way firmware does it."""

import struct
from typing import NamedTuple

TCP_TOP = struct.Struct("<HHI")
TCP_MAGIC = (0x5050, 0x7D82)
HEADER = struct.Struct("<4H")
LARGEST_REQUEST = 65_536


class Packet(NamedTuple):
    """One packet without its TCP top."""

    command: int
    session: int
    reply: int
    data: bytes


def word_sum(packet: bytes) -> int:
    """The sum of the packet's little-endian words mod 65535; 0 for a correct packet."""
    padded = packet + b"\0" * (len(packet) % 2)
    words: tuple[int, ...] = struct.unpack(f"<{len(padded) // 2}H", padded)
    return sum(words) % 65535


def encode(packet: Packet) -> bytes:
    """The packet's bytes, checksum included."""
    bare = HEADER.pack(packet.command, 0, packet.session, packet.reply) + packet.data
    checksum = 65535 - word_sum(bare)
    return HEADER.pack(packet.command, checksum, packet.session, packet.reply) + packet.data


def decode(raw: bytes) -> Packet | None:
    """The packet in `raw`, or None where firmware drops it: too short, or a wrong checksum."""
    if len(raw) < HEADER.size or word_sum(raw) != 0:
        return None
    command, _, session, reply = HEADER.unpack_from(raw)
    return Packet(command, session, reply, raw[HEADER.size :])


def with_tcp_top(packet: bytes) -> bytes:
    """The packet as TCP carries it."""
    return TCP_TOP.pack(*TCP_MAGIC, len(packet)) + packet

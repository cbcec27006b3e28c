"""One packet of the protocol, as it came from the wire."""

import struct
from typing import NamedTuple

HEADER = struct.Struct("<4H")
LARGEST_PACKET = 131_072


class Packet(NamedTuple):
    """Code, the session field (which some answers use for other things), reply number, data."""

    code: int
    session_field: int
    reply: int
    data: bytes


def parse_packet(raw: bytes) -> Packet:
    """The packet in at least 8 bytes."""
    code, _, session_field, reply = HEADER.unpack_from(raw)
    return Packet(code, session_field, reply, raw[HEADER.size :])

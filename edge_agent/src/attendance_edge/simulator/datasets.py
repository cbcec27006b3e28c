"""Log and user table as datasets: asked for whole, sent in chunks."""

import struct
import zlib
from collections.abc import Iterator

from attendance_edge.simulator.device import Device
from attendance_edge.simulator.records import encode_user
from attendance_edge.simulator.sessions import Session
from attendance_edge.simulator.wire import Packet
from attendance_edge.zk_codes import Code

LARGEST_INLINE = 1024
TCP_PACKET = 65_528
UDP_PACKET = 1024
_QUERY = struct.Struct("<bhII")
_FCT_USER = 5
_ENDLESS_BLOCK = bytes(1000)


def log_dataset(device: Device) -> bytes:
    """The log with the u32 of the bytes that follow; empty for an empty log."""
    body = device.log.body
    if device.faults.strike("corrupt_record", when=device.faults.corrupt_record and bool(body)):
        body = body[: -device.log.record_size] + b"\xff" * device.log.record_size
    return struct.pack("<I", len(body) + device.faults.head_error) + body if body else b""


def user_dataset(device: Device) -> bytes:
    """The user table, in the same envelope."""
    rows = (encode_user(user, device.options.user_size) for user in device.users.values())
    body = b"".join(rows)
    return struct.pack("<I", len(body)) + body if body else b""


def query(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    """1503: fix a dataset; small ones come at once, large ones as size and digest."""
    dataset = _asked_for(device, packet)
    if dataset is None or device.faults.strike("refused", when=device.faults.no_buffered_read):
        yield Packet(Code.ACK_ERROR, session.number, packet.reply, b"")
        return
    session.dataset = dataset
    if not dataset:
        yield Packet(Code.ACK_ERROR, session.number, packet.reply, b"")
    elif len(dataset) <= LARGEST_INLINE:
        yield Packet(Code.DATA, session.number, packet.reply, dataset)
    else:
        size = len(dataset) + device.faults.size_error
        digest = 7 if device.faults.constant_digest else zlib.crc32(dataset) & 0xFFFF
        data = struct.pack("<BIII", 0, size, size, digest)
        yield Packet(Code.ACK_OK, session.number, packet.reply, data)
    _race(device)


def _asked_for(device: Device, packet: Packet) -> bytes | None:
    if len(packet.data) != _QUERY.size:
        return None
    _, inner, fct, _ = _QUERY.unpack(packet.data)
    if inner == Code.ATTLOG_RRQ:
        _race(device)
        return log_dataset(device)
    if inner == Code.USERTEMP_RRQ and fct == _FCT_USER:
        return user_dataset(device)
    device.counters.template_reads += 1
    return None


def _race(device: Device) -> None:
    """The punches that slip in between the count, the size and the transfer."""
    for _ in range(device.faults.racing_punches):
        device.faults.strike("racing_punches")
        device.punch(next(iter(device.users), "1"))


def read_chunk(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    """1504: part of the fixed dataset, from any offset."""
    if len(packet.data) != 8:
        yield Packet(Code.ACK_ERROR, session.number, packet.reply, b"")
        return
    start, size = struct.unpack("<II", packet.data)
    refused = device.faults.strike("no_tail", when=device.faults.no_tail and start % 4096 != 0)
    if refused or not session.dataset or start >= len(session.dataset):
        yield Packet(Code.ACK_ERROR, session.number, packet.reply, b"")
        return
    block = session.dataset[start : start + size]
    if device.faults.strike("odd_tail", when=device.faults.odd_tail and start % 4096 != 0):
        block = block[:-3]
    if len(block) <= LARGEST_INLINE:
        yield Packet(Code.DATA, session.number, packet.reply, block)
    else:
        yield from _stream(device, session, packet, block)


def read_all(device: Device, session: Session, packet: Packet, dataset: bytes) -> Iterator[Packet]:
    """The old unbuffered read: announced, sent, ended with the size in the session field."""
    yield from _stream(device, session, packet, dataset, end=len(dataset) & 0xFFFF)


def _stream(
    device: Device, session: Session, packet: Packet, block: bytes, end: int | None = None
) -> Iterator[Packet]:
    faults = device.faults
    step = TCP_PACKET if getattr(session.channel, "is_stream", False) else UDP_PACKET
    claimed = struct.pack("<II", len(block) + faults.prepare_error, step)
    yield Packet(Code.PREPARE_DATA, session.number, packet.reply, claimed)
    sent = block[: len(block) - faults.short_data]
    for index, start in enumerate(range(0, len(sent), step)):
        part = sent[start : start + step]
        device.counters.data_bytes += len(part)
        mark = session.number if faults.unindexed_data else index
        yield Packet(Code.DATA, mark & 0xFFFF, packet.reply, part)
    index = 0
    while faults.strike("endless_data", when=faults.endless_data):
        yield Packet(Code.DATA, index & 0xFFFF, packet.reply, _ENDLESS_BLOCK)
        index += 1
    final = session.number if end is None else end
    yield Packet(Code.ACK_OK, final, packet.reply, b"")

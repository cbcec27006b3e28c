"""What the terminal does for each command."""

import struct
from collections.abc import Callable, Iterator

from attendance_edge.simulator import commkey, datasets
from attendance_edge.simulator.clock import decode_time, encode_time
from attendance_edge.simulator.device import Device
from attendance_edge.simulator.sessions import Session
from attendance_edge.simulator.wire import Packet
from attendance_edge.zk_codes import Code

EVENT_PUNCH = 1
IMPOSSIBLE_TIME = (1 * 31 + 30) * 86_400  # 31 February 2000
Handler = Callable[[Device, Session, Packet], Iterator[Packet]]


def reply(session: Session, packet: Packet, code: Code = Code.ACK_OK, data: bytes = b"") -> Packet:
    """One answer with the request's reply number."""
    return Packet(code, session.number, packet.reply, data)


def unknown(_device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    """A command this firmware does not know."""
    yield reply(session, packet, Code.ACK_UNKNOWN)


def _welcome(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    locked = device.options.comm_key and not session.authorised
    yield reply(session, packet, Code.ACK_UNAUTH if locked else Code.ACK_OK)


def _authorise(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    key = device.options.comm_key
    session.authorised = commkey.accepts(packet.data, key, session.number)
    code = Code.ACK_OK if session.authorised else Code.ACK_UNAUTH
    yield reply(session, packet, code)


def _done(_device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    yield reply(session, packet)


def _disable(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    lease = struct.unpack("<I", packet.data)[0] if len(packet.data) == 4 else 0
    device.disable(lease)
    yield reply(session, packet)


def _enable(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    faults = device.faults
    if faults.strike("ignore_enable", when=faults.ignore_enable):
        yield reply(session, packet, Code.ACK_ERROR)
        return
    device.enable()
    yield reply(session, packet)


def _sizes(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    count = len(device.log)
    if device.faults.strike("count", when=device.faults.count is not None):
        count = device.faults.count or 0
    fields = [0] * 23
    fields[4], fields[8] = len(device.users), count
    fields[15], fields[16] = 10_000, device.log.capacity
    fields[18], fields[19] = 10_000 - len(device.users), max(0, device.log.capacity - count)
    yield reply(session, packet, data=struct.pack("<23i", *fields))


def _get_time(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    shown = encode_time(device.clock.now())
    if device.faults.strike("impossible_time", when=device.faults.impossible_time):
        shown = IMPOSSIBLE_TIME
    yield reply(session, packet, data=struct.pack("<I", shown))


def _set_time(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    device.clock.set(decode_time(struct.unpack("<I", packet.data)[0]))
    device.faults.impossible_time = False
    yield reply(session, packet)


def _option(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    options = device.options
    known = {
        "~Platform": options.platform,
        "~DeviceName": options.model,
        "MAC": options.mac,
        "~PIN2Width": "9",
        "~ZKFPVersion": "10",
    }
    name = packet.data.split(b"\0")[0].decode("ascii", "replace")
    if name == "~SerialNumber":
        known[name] = device.shown_serial_number
    if name not in known:
        yield reply(session, packet, Code.ACK_ERROR)
        return
    yield reply(session, packet, data=f"{name}={known[name]}\0".encode())


def _version(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    yield reply(session, packet, data=device.options.firmware.encode() + b"\0")


def _pin_width(_device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    yield reply(session, packet, data=b"\x09")


def _state(_device: Device, _session: Session, packet: Packet) -> Iterator[Packet]:
    yield Packet(Code.ACK_OK, 1, packet.reply, b"")


def _free(_device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    session.dataset = b""
    yield reply(session, packet)


def _register(_device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    mask = struct.unpack("<I", packet.data)[0] if len(packet.data) == 4 else 0
    session.wants_events = bool(mask & EVENT_PUNCH)
    yield reply(session, packet)


def _query(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    yield from datasets.query(device, session, packet)


def _chunk(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    yield from datasets.read_chunk(device, session, packet)


def _old_log(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    dataset = datasets.log_dataset(device)
    yield from datasets.read_all(device, session, packet, dataset)


def _old_users(device: Device, session: Session, packet: Packet) -> Iterator[Packet]:
    if packet.data[:1] != b"\x05":
        device.counters.template_reads += 1
        yield reply(session, packet, Code.ACK_ERROR)
        return
    dataset = datasets.user_dataset(device)
    yield from datasets.read_all(device, session, packet, dataset)


HANDLERS: dict[int, Handler] = {
    Code.CONNECT: _welcome,
    Code.AUTH: _authorise,
    Code.EXIT: _done,
    Code.START_VERIFY: _done,
    Code.CANCEL_CAPTURE: _done,
    Code.DISABLE: _disable,
    Code.ENABLE: _enable,
    Code.GET_FREE_SIZES: _sizes,
    Code.GET_TIME: _get_time,
    Code.SET_TIME: _set_time,
    Code.OPTIONS_RRQ: _option,
    Code.GET_VERSION: _version,
    Code.GET_PINWIDTH: _pin_width,
    Code.STATE_RRQ: _state,
    Code.FREE_DATA: _free,
    Code.REG_EVENT: _register,
    Code.QUERY_DATA: _query,
    Code.READ_DATA: _chunk,
    Code.ATTLOG_RRQ: _old_log,
    Code.USERTEMP_RRQ: _old_users,
}

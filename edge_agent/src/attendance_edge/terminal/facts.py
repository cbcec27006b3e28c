"""What a terminal tells about itself: who it is, what it holds, what time it has."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from struct import Struct

from attendance_edge.terminal.errors import WrongSerialError
from attendance_edge.terminal.reading import Identity
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.terminal.times import DAY_SECONDS, midnight_of
from attendance_edge.zk_codes import Code

_LONGEST_TEXT = 100
_U32 = Struct("<I")
_I32 = Struct("<i")
_RECORDS_AT, _CAPACITY_AT = 32, 64


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """The terminal's own counts: hints, None where it does not tell."""

    records: int | None
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class ClockReading:
    """The terminal's naive time, and how far it is from this machine's in the zone given."""

    shown: datetime
    offset_seconds: float


def read_serial_number(session: TerminalSession, expected: str) -> str:
    """The serial number, WrongSerialError when `expected` is another one.

    What is no text is no serial number: it would be pinned, and the terminal refused ever after.
    """
    serial_number = _option(session, b"~SerialNumber")
    if not serial_number.isascii():
        raise session.nonsense("told what is no serial number")
    if expected and serial_number != expected:
        raise WrongSerialError(
            f"The terminal at {session.address} has serial number {serial_number or '(none)'}, "
            f"not {expected}: the address belongs to another terminal now."
        )
    return serial_number


def read_identity(session: TerminalSession, expected_serial: str = "") -> Identity:
    """Serial number, model and firmware; empty where the terminal does not tell."""
    serial_number = read_serial_number(session, expected_serial)
    version = session.command(Code.GET_VERSION)
    return Identity(
        serial_number=serial_number,
        model=_option(session, b"~DeviceName"),
        firmware=_text(version.data) if version.code == Code.ACK_OK else "",
        transport=session.packets.transport,
    )


def _option(session: TerminalSession, name: bytes) -> str:
    answer = session.command(Code.OPTIONS_RRQ, name + b"\0")
    if answer.code != Code.ACK_OK:
        return ""
    return _text(answer.data.split(b"=", 1)[-1])


def _text(data: bytes) -> str:
    text = data.split(b"\0", 1)[0].decode("ascii", "replace")[:_LONGEST_TEXT]
    return "".join(letter for letter in text if letter.isprintable()).strip()


def read_sizes(session: TerminalSession) -> Sizes:
    """The counts of GET_FREE_SIZES."""
    answer = session.command(Code.GET_FREE_SIZES)
    data = answer.data if answer.code == Code.ACK_OK else b""
    return Sizes(records=_count(data, _RECORDS_AT), capacity=_count(data, _CAPACITY_AT) or None)


def _count(data: bytes, offset: int) -> int | None:
    if len(data) < offset + _I32.size:
        return None
    value: int = _I32.unpack_from(data, offset)[0]
    return value if value >= 0 else None


def read_clock(session: TerminalSession, zone: tzinfo | None) -> ClockReading | None:
    """GET_TIME, compared with the middle of the question and the answer; None if it tells none.

    `zone` is the terminal's; None is this machine's. The offset is good to about a second.
    """
    asked = datetime.now(UTC)
    answer = session.command(Code.GET_TIME)
    between = asked + (datetime.now(UTC) - asked) / 2
    if answer.code != Code.ACK_OK or len(answer.data) < _U32.size:
        return None
    day, second = divmod(_U32.unpack_from(answer.data)[0], DAY_SECONDS)
    midnight = midnight_of(day)
    if midnight is None:
        return None
    shown = midnight + timedelta(seconds=second)
    expected = between.astimezone(zone).replace(tzinfo=None)
    return ClockReading(shown=shown, offset_seconds=(shown - expected).total_seconds())

"""Short conversations: who is it, what time has it, set its clock, let people in."""

from datetime import UTC, datetime, timedelta, tzinfo
from struct import pack

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.commands import WITH_CLOCK_SETTING
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.disabling import enable_in_new_session
from attendance_edge.terminal.errors import TerminalProtocolError
from attendance_edge.terminal.facts import read_clock, read_identity, read_serial_number
from attendance_edge.terminal.opening import open_session
from attendance_edge.terminal.reading import ClockChange, Identity
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.terminal.times import encode_time
from attendance_edge.zk_codes import Code

_HALF_SECOND = timedelta(seconds=0.5)


def identify(
    address: TerminalAddress, *, deadline_seconds: float, expected_serial: str = ""
) -> Identity:
    """Who answers at the address; any TerminalError when nobody does."""
    with open_session(address, Deadline(deadline_seconds)) as session:
        return read_identity(session, expected_serial)


def enable_terminal(
    address: TerminalAddress, *, deadline_seconds: float, expected_serial: str = ""
) -> None:
    """Enable a terminal from a new session, confirmed; for marks found at start and shutdown.

    Raises TerminalLeftDisabledError after three failures or at the deadline.
    """
    enable_in_new_session(address, Deadline(deadline_seconds), expected_serial)


def read_clock_offset(
    address: TerminalAddress,
    *,
    deadline_seconds: float,
    expected_serial: str = "",
    zone: tzinfo | None = None,
) -> float:
    """The terminal's clock minus this machine's in `zone`, in seconds, good to about one."""
    with open_session(address, Deadline(deadline_seconds)) as session:
        read_serial_number(session, expected_serial)
        return _offset(session, zone)


def set_clock(
    address: TerminalAddress,
    *,
    deadline_seconds: float,
    expected_serial: str = "",
    zone: tzinfo | None = None,
) -> ClockChange:
    """Set the terminal's clock to this machine's time in `zone`: only on a person's word.

    The one write of this package.
    """
    with open_session(address, Deadline(deadline_seconds)) as session:
        read_serial_number(session, expected_serial)
        shown = read_clock(session, zone)
        session.packets.allowed = WITH_CLOCK_SETTING
        now = datetime.now(UTC).astimezone(zone) + _HALF_SECOND
        session.ask(Code.SET_TIME, pack("<I", encode_time(now)))
        before = shown.offset_seconds if shown else None
        return ClockChange(before_seconds=before, after_seconds=_offset(session, zone))


def _offset(session: TerminalSession, zone: tzinfo | None) -> float:
    shown = read_clock(session, zone)
    if shown is None:
        raise TerminalProtocolError(f"The terminal at {session.address} shows no date there is.")
    return shown.offset_seconds

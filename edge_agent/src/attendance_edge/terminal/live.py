"""Listening to a terminal between two readings: events shorten the delay and prove nothing."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from struct import pack

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.events import PUNCH_EVENT, parse_event
from attendance_edge.terminal.facts import read_serial_number
from attendance_edge.terminal.opening import open_session
from attendance_edge.terminal.punches import LivePunch
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.terminal.users import read_users
from attendance_edge.zk_codes import Code

logger = logging.getLogger(__name__)

OPENING_SECONDS = 15.0
CLOSING_SECONDS = 5.0
LOOK_UP_SECONDS = 0.5


def listen(
    address: TerminalAddress,
    *,
    seconds: float,
    expected_serial: str = "",
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[LivePunch]:
    """Punches as the terminal pushes them, for `seconds` or until `stopped()` is true.

    One conversation: a reading of the same terminal waits until this generator ends or is
    closed, so listen between polls, and no longer than until the next one is due. After any
    TerminalError read the log before listening again: what was pushed meanwhile is only there.
    A punch with `stored` False is to be shown and never booked. Ends the session in any case.
    """
    deadline = Deadline(OPENING_SECONDS)
    with open_session(address, deadline) as session:
        read_serial_number(session, expected_serial)
        _register(session, PUNCH_EVENT)
        try:
            yield from _punches(session, Deadline(seconds), stopped)
        finally:
            if session.packets.failure is None:
                _register(session, 0)


def _register(session: TerminalSession, mask: int) -> None:
    session.packets.deadline = Deadline(CLOSING_SECONDS)
    session.ask(Code.REG_EVENT, pack("<I", mask))


def _punches(
    session: TerminalSession, limit: Deadline, stopped: Callable[[], bool]
) -> Iterator[LivePunch]:
    names: dict[int, str] | None = None
    while not limit.passed and not stopped():
        packet = session.packets.next_event(limit.within(LOOK_UP_SECONDS))
        if packet is None:
            continue
        session.acknowledge_event()
        punch = parse_event(packet)
        if punch is None:
            logger.info("an event of the terminal at %s says nothing", session.address)
            continue
        if punch.uid is not None:
            names = _names(session) if names is None else names
            punch = replace(punch, user_id=names.get(punch.uid, ""))
        yield punch


def _names(session: TerminalSession) -> dict[int, str]:
    session.packets.deadline = Deadline(OPENING_SECONDS)
    return read_users(session)

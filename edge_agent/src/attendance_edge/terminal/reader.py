"""One conversation with one terminal, from greeting to goodbye (terminal-protocol.md, 1)."""

from contextlib import nullcontext
from dataclasses import dataclass, replace

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.disabling import Lockout, enable_in_new_session
from attendance_edge.terminal.facts import read_identity
from attendance_edge.terminal.log_reader import TailUnreadableError
from attendance_edge.terminal.opening import open_session
from attendance_edge.terminal.reading import Reading
from attendance_edge.terminal.reading_steps import ANYTHING, Wish, read_in_session

ENABLING_SHARE = 0.25
MOST_ENABLING_SECONDS = 10.0


def read_terminal(
    address: TerminalAddress,
    wish: Wish = ANYTHING,
    *,
    deadline_seconds: float,
    lockout: Lockout | None = None,
) -> Reading:
    """Read a terminal's log, all of it or what is new since `wish.known`.

    Ends within `deadline_seconds`, whatever the terminal does. With a `lockout` people are
    locked out for the reading, and a part of the time is kept for letting them in again. Raises
    the tree in `errors.py`; TerminalLeftDisabledError when enabling could not be confirmed, so
    that the lockout stays pending.
    """
    deadline = Deadline(deadline_seconds)
    if lockout is None:
        return _read(_Conversation(address, deadline, None), wish)
    reserve = min(MOST_ENABLING_SECONDS, deadline_seconds * ENABLING_SHARE)
    try:
        return _read(_Conversation(address, deadline.earlier_by(reserve), lockout), wish)
    finally:
        if lockout.pending:
            enable_in_new_session(address, deadline, wish.expected_serial)
            lockout.release()


@dataclass(frozen=True)
class _Conversation:
    address: TerminalAddress
    deadline: Deadline
    lockout: Lockout | None


def _read(conversation: _Conversation, wish: Wish) -> Reading:
    try:
        return _converse(conversation, wish)
    except TailUnreadableError:
        return _converse(conversation, replace(wish, tails=False))


def _converse(conversation: _Conversation, wish: Wish) -> Reading:
    with open_session(conversation.address, conversation.deadline) as session:
        identity = read_identity(session, wish.expected_serial)
        lockout = conversation.lockout
        with lockout.hold(session) if lockout else nullcontext():
            return read_in_session(session, identity, wish)

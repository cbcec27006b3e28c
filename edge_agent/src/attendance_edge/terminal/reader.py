"""One conversation with one terminal, from greeting to goodbye (terminal-protocol.md, 1)."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import tzinfo

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.disabling import Lockout, enable_in_new_session
from attendance_edge.terminal.facts import read_identity
from attendance_edge.terminal.known_log import KnownLog
from attendance_edge.terminal.log_reader import TailUnreadableError
from attendance_edge.terminal.opening import open_session
from attendance_edge.terminal.reading import Reading
from attendance_edge.terminal.reading_steps import Wish, read_in_session

ENABLING_SHARE = 0.25
MOST_ENABLING_SECONDS = 10.0


def read_terminal(  # noqa: PLR0913 - what a caller may wish, each by its name
    address: TerminalAddress,
    *,
    deadline_seconds: float,
    expected_serial: str = "",
    known: KnownLog | None = None,
    full: bool = False,
    disable: bool = False,
    store_raw: Callable[[bytes], None] | None = None,
    make_room: Callable[[int], None] | None = None,
    mark_disabled: Callable[[], None] | None = None,
    unmark_disabled: Callable[[], None] | None = None,
    zone: tzinfo | None = None,
) -> Reading:
    """Read a terminal's log, all of it or what is new since `known`.

    Ends within `deadline_seconds`, whatever the terminal does. `expected_serial` is the pinned
    serial number ("" takes any). `store_raw` gets the log's bytes before anything is made of
    them. `make_room` is told how many records are about to be read; what it raises ends the
    conversation in good order. `zone` is the terminal's, for its clock offset (None: this
    machine's).

    With `disable` people are locked out for the reading: `mark_disabled` is called before,
    `unmark_disabled` after the terminal has confirmed that it is enabled; a part of the time is
    kept for that. Raises the tree in `errors.py`; TerminalLeftDisabledError when enabling could
    not be confirmed, so that the mark stays.
    """
    wish = Wish(
        expected_serial=expected_serial,
        known=known,
        full=full,
        keep_raw=store_raw or _nothing,
        make_room=make_room or _nothing,
        zone=zone,
    )
    deadline = Deadline(deadline_seconds)
    if not disable:
        return _read(_Conversation(address, deadline, None), wish)
    lockout = Lockout(mark_disabled, unmark_disabled)
    reserve = min(MOST_ENABLING_SECONDS, deadline_seconds * ENABLING_SHARE)
    try:
        return _read(_Conversation(address, deadline.earlier_by(reserve), lockout), wish)
    finally:
        if lockout.pending:
            enable_in_new_session(address, deadline, expected_serial)
            lockout.release()


def _nothing(_: object) -> None:
    """The caller does not want to know."""


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

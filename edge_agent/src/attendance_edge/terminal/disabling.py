"""Locking people out for the time of a reading, and letting them in again whatever happens."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from struct import pack
from time import sleep

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.commands import WITH_DISABLING
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.errors import TerminalError, TerminalLeftDisabledError
from attendance_edge.terminal.facts import read_serial_number
from attendance_edge.terminal.opening import open_session
from attendance_edge.terminal.session import TerminalSession
from attendance_edge.zk_codes import Code

logger = logging.getLogger(__name__)

LEASE_SECONDS = 60
ENABLE_ATTEMPTS = 3
PAUSE_SECONDS = 0.5


class Lockout:
    """A terminal disabled for a while. `pending` until its enabling has been confirmed.

    `mark` notes the terminal durably before it is disabled, `unmark` takes the note back.
    """

    def __init__(
        self, mark: Callable[[], None] | None = None, unmark: Callable[[], None] | None = None
    ) -> None:
        self._mark = mark
        self._unmark = unmark
        self.pending = False

    @contextmanager
    def hold(self, session: TerminalSession) -> Iterator[None]:
        """Disable with a lease, enable at the end; a terminal that refuses is read as it is."""
        if self._mark is not None:
            self._mark()
        self.pending = True
        session.packets.allowed = WITH_DISABLING
        try:
            if session.command(Code.DISABLE, pack("<I", LEASE_SECONDS)).code != Code.ACK_OK:
                logger.info("the terminal at %s cannot be disabled", session.address)
            yield
        finally:
            self._enable(session)

    def _enable(self, session: TerminalSession) -> None:
        """In the same session, if it is still to be believed; trouble leaves it pending."""
        if session.packets.failure is not None:
            return
        try:
            session.ask(Code.ENABLE)
            self.release()
        except TerminalError as error:
            logger.warning("the terminal at %s is not enabled yet: %s", session.address, error)

    def release(self) -> None:
        """The terminal has confirmed that people can punch."""
        if self._unmark is not None:
            self._unmark()
        self.pending = False


def enable_in_new_session(
    address: TerminalAddress, deadline: Deadline, expected_serial: str
) -> None:
    """ENABLE from a fresh session, confirmed; TerminalLeftDisabledError after three failures.

    Only a fresh session proves anything: a terminal answers a repeated reply number without
    executing it (terminal-protocol.md, trap 1).
    """
    for attempt in range(1, ENABLE_ATTEMPTS + 1):
        try:
            with open_session(address, deadline) as session:
                read_serial_number(session, expected_serial)
                session.ask(Code.ENABLE)
                return
        except TerminalError as error:
            if attempt == ENABLE_ATTEMPTS or deadline.passed:
                raise _still_disabled(address, error) from error
            sleep(deadline.within(PAUSE_SECONDS))


def _still_disabled(address: TerminalAddress, error: TerminalError) -> TerminalLeftDisabledError:
    return TerminalLeftDisabledError(
        f"The terminal at {address} may still be disabled, so people may be unable to punch: "
        f"look at it, or switch it off and on. ({error})"
    )

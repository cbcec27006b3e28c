"""Opening a session over the transport that works, one conversation per terminal at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.dialling import dial_tcp, dial_udp
from attendance_edge.terminal.errors import TerminalBusyError, TerminalUnreachableError
from attendance_edge.terminal.session import TerminalSession

PROBE_AFTER = (1.0, 1.0, 1.0)


class _Conversations:
    """Which terminals this process is talking to."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: set[tuple[str, int]] = set()

    @contextmanager
    def one(self, address: TerminalAddress, deadline: Deadline) -> Iterator[None]:
        place = (address.host, address.port)
        with self._changed:
            free = self._changed.wait_for(lambda: place not in self._open, deadline.remaining)
            if not free:
                raise TerminalBusyError(
                    f"This agent is still talking to the terminal at {address} elsewhere."
                )
            self._open.add(place)
        try:
            yield
        finally:
            with self._changed:
                self._open.discard(place)
                self._changed.notify_all()


_conversations = _Conversations()


@contextmanager
def open_session(address: TerminalAddress, deadline: Deadline) -> Iterator[TerminalSession]:
    """A session with the terminal; a second one in this process waits for the first."""
    with _conversations.one(address, deadline), _dial(address, deadline) as session:
        yield session


def _dial(address: TerminalAddress, deadline: Deadline) -> TerminalSession:
    if address.transport == "udp":
        return TerminalSession(address, dial_udp(address, deadline), deadline)
    try:
        return TerminalSession(address, dial_tcp(address, deadline), deadline)
    except TerminalUnreachableError:
        if address.transport == "tcp":
            raise
        return _probe(address, deadline)


def _probe(address: TerminalAddress, deadline: Deadline) -> TerminalSession:
    """UDP where TCP found nobody: the greeting is repeated briefly, silence means unreachable."""
    session = TerminalSession(address, dial_udp(address, deadline), deadline)
    session.packets.resend_after = PROBE_AFTER
    return session

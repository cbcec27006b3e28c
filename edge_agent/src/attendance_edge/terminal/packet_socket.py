"""The socket that pyzk is given: whole packets, one deadline, our own answers only."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from attendance_edge.terminal.address import TerminalAddress, Transport
from attendance_edge.terminal.commands import READ_ONLY, check_allowed
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.errors import (
    TerminalConnectionLostError,
    TerminalError,
    TerminalProtocolError,
    TerminalTimeoutError,
)
from attendance_edge.terminal.links import AnswerTimeoutError, Link, LinkClosedError, LinkError
from attendance_edge.terminal.packet import Packet, parse_packet
from attendance_edge.zk_codes import Code

MOST_EVENTS = 1000
RESEND_AFTER: tuple[float, ...] = (1.0, 1.0, 2.0, 2.0, 4.0)


class PacketSocket:
    """Stands where pyzk keeps its UDP socket: `sendto` takes and `recv` gives one packet.

    Answers to earlier requests are dropped, pushed events put aside in `events`. Over UDP a
    request whose answer is one packet is sent again, the same packet: the terminal repeats its
    answer and executes nothing twice. After any failure the socket is spent: a terminal takes a
    repeated reply number for a repetition, so nothing that follows could be believed.
    """

    def __init__(self, link: Link, address: TerminalAddress, deadline: Deadline) -> None:
        self.link = link
        self.deadline = deadline
        self.allowed = READ_ONLY
        self.events: deque[Packet] = deque(maxlen=MOST_EVENTS)
        self.patience: float | None = None
        self.resend_after = RESEND_AFTER
        self._forgives = False
        self.failure: TerminalError | None = None
        self.last_reply = 0
        self._address = address
        self._request = b""

    @property
    def transport(self) -> Transport:
        """What carries the packets."""
        return self.link.transport

    @contextmanager
    def forgiving(self, patience: float) -> Iterator[None]:
        """Over UDP, leave a silence of `patience` seconds to the caller as AnswerTimeoutError.

        It may ask for a long answer again under a new number. TCP loses nothing.
        """
        if self.transport == "tcp":
            yield
            return
        self._forgives, self.patience = True, patience
        try:
            yield
        finally:
            self._forgives, self.patience = False, None

    def settimeout(self, _seconds: float) -> None:
        """Ignored: the deadline rules."""

    def sendto(self, packet: bytes, _address: object = None) -> None:
        """Send one request, if it may be sent."""
        if self.failure is not None:
            raise TerminalConnectionLostError(
                f"The conversation with the terminal at {self._address} is over."
            ) from self.failure
        request = parse_packet(packet)
        check_allowed(request.code, request.data, self.allowed)
        if request.code != Code.ACK_OK:
            self._request, self.last_reply = packet, request.reply
        self._carry(packet)

    def _carry(self, packet: bytes) -> None:
        try:
            self.link.send(packet, self.deadline)
        except LinkError as error:
            raise self._fail(error) from error

    def recv(self, _size: int = 0) -> bytes:
        """The next packet that answers the last request."""
        waits = self._waits()
        for attempt, wait in enumerate(waits, start=1):
            try:
                return self._answer(wait)
            except AnswerTimeoutError as error:
                if attempt == len(waits) or self.deadline.passed:
                    raise self._give_up(error) from error
                self._carry(self._request)
            except LinkError as error:
                raise self._fail(error) from error
        raise AssertionError("there is always a wait")

    def more(self, patience: float) -> Packet:
        """A further packet of the same answer; over UDP within `patience` seconds."""
        try:
            return parse_packet(self._answer(None if self.transport == "tcp" else patience))
        except AnswerTimeoutError as error:
            raise self._give_up(error) from error
        except LinkError as error:
            raise self._fail(error) from error

    def next_event(self, wait: float) -> Packet | None:
        """The next pushed packet, or None when none comes within `wait` seconds."""
        limit = Deadline(wait)
        while not self.events:
            try:
                packet = parse_packet(self.link.receive(limit.remaining))
            except AnswerTimeoutError:
                return None
            except LinkError as error:
                raise self._fail(error) from error
            if packet.code == Code.REG_EVENT:
                self.events.append(packet)
        return self.events.popleft()

    def _waits(self) -> tuple[float | None, ...]:
        if self.transport == "tcp" or self._forgives:
            return (self.patience,)
        return self.resend_after

    def _answer(self, wait: float | None) -> bytes:
        limit = Deadline(self.deadline.within(wait))
        while True:
            raw = self.link.receive(limit.remaining)
            packet = parse_packet(raw)
            if packet.code == Code.REG_EVENT:
                self.events.append(packet)
            elif packet.reply == self.last_reply:
                return raw

    def _give_up(self, error: AnswerTimeoutError) -> Exception:
        """Over UDP a lost datagram is no failure yet while the caller can ask again."""
        if self._forgives and not self.deadline.passed:
            return error
        return self._fail(error)

    def _fail(self, error: LinkError) -> TerminalError:
        name = f"The terminal at {self._address}"
        if isinstance(error, AnswerTimeoutError):
            self.failure = TerminalTimeoutError(
                f"{name} stopped answering; the conversation was given up after "
                f"{self.deadline.elapsed:.1f} seconds."
            )
        elif isinstance(error, LinkClosedError):
            self.failure = TerminalConnectionLostError(f"{name} {error}.")
        else:
            self.failure = TerminalProtocolError(f"{name} {error}.")
        return self.failure

    def close(self) -> None:
        """Give the link back."""
        self.link.close()

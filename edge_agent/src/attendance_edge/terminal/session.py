"""One session with one terminal: opened, authorised, and always ended with EXIT."""

import contextlib
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from zk import ZK
from zk.exception import ZKError

from attendance_edge.terminal.address import TerminalAddress
from attendance_edge.terminal.comm_key import scramble_comm_key
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.errors import (
    CommKeyRefusedError,
    TerminalBusyError,
    TerminalConnectionLostError,
    TerminalError,
    TerminalProtocolError,
    TerminalRefusedError,
    TerminalTimeoutError,
    TerminalUnreachableError,
)
from attendance_edge.terminal.links import AnswerTimeoutError, Link, LinkError
from attendance_edge.terminal.packet import Packet, parse_packet
from attendance_edge.terminal.packet_socket import RESEND_AFTER, PacketSocket
from attendance_edge.zk_codes import Code

logger = logging.getLogger(__name__)

CONNECT_PATIENCE = 10.0
FAREWELL_SECONDS = 1.0
LEAST_FAREWELL_SECONDS = 0.2
_GOOD = {Code.ACK_OK, Code.PREPARE_DATA, Code.DATA}


class TerminalSession:
    """pyzk's packets, session and reply numbers over our own socket.

    pyzk runs in its datagram mode whatever the transport, one packet a `recv`; its probe, its
    ping through a shell and its reading of logs are never reached.
    """

    def __init__(self, address: TerminalAddress, link: Link, deadline: Deadline) -> None:
        self.address = address
        self.packets = PacketSocket(link, address, deadline)
        self._zk: Any = _bare_zk(address, self.packets)
        self._connected = False

    def __enter__(self) -> Self:
        try:
            self._greet()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _greet(self) -> None:
        self.packets.patience = CONNECT_PATIENCE
        try:
            welcome = self.command(Code.CONNECT)
        except (TerminalTimeoutError, TerminalConnectionLostError) as error:
            raise self._no_welcome() from error
        finally:
            self.packets.patience = None
            self.packets.resend_after = RESEND_AFTER
        self._zk._ZK__session_id = welcome.session_field
        self._connected = self._zk.is_connect = True
        if welcome.code == Code.ACK_UNAUTH:
            self._authorise(welcome.session_field)
        elif welcome.code != Code.ACK_OK:
            raise self.nonsense(f"answered the greeting with code {welcome.code}")

    def _no_welcome(self) -> TerminalError:
        if self.packets.transport == "udp":
            over = "UDP" if self.address.transport == "udp" else "TCP or UDP"
            return TerminalUnreachableError(f"Nothing answers over {over} at {self.address}.")
        return TerminalBusyError(
            f"The terminal at {self.address} is there but does not talk now: its menu may be "
            "open, or another program may be connected to it."
        )

    def _authorise(self, session: int) -> None:
        proof = scramble_comm_key(self.address.comm_key, session)
        if self.command(Code.AUTH, proof).code != Code.ACK_OK:
            raise CommKeyRefusedError(
                f"The terminal at {self.address} refused the comm key: compare it with the one "
                "in the terminal's communication menu."
            )

    def command(self, command: Code, data: bytes = b"") -> Packet:
        """Send one request; its first answer, whatever its code."""
        self._guarded(lambda: self._zk._ZK__send_command(command, data, 0))
        header = self._zk._ZK__header
        return Packet(header[0], header[2], header[3], self._zk._ZK__data)

    def _guarded(self, work: Callable[[], object]) -> None:
        """pyzk wraps what our socket raises into errors of its own: take ours out again."""
        try:
            work()
        except ZKError as error:
            if isinstance(error.__context__, TerminalError | AnswerTimeoutError):
                raise error.__context__ from None
            raise self.nonsense(f"sent an answer that cannot be read ({error})") from error

    def ask(self, command: Code, data: bytes = b"") -> Packet:
        """The same, TerminalRefusedError for an answer that is not a good one."""
        answer = self.command(command, data)
        if answer.code not in _GOOD:
            raise TerminalRefusedError(
                f"The terminal at {self.address} refused command {int(command)} "
                f"({command.name}) with code {answer.code}."
            )
        return answer

    def acknowledge_event(self) -> None:
        """Tell the terminal that a pushed event has arrived; it does not answer."""
        self._guarded(self._zk._ZK__ack_ok)

    def skip_reply_number(self) -> None:
        """Make the next request a new one although the last one got no full answer."""
        self._zk._ZK__reply_id = self.packets.last_reply

    def nonsense(self, what: str) -> TerminalProtocolError:
        """The error for an answer that contradicts the protocol; ends the conversation."""
        error = TerminalProtocolError(f"The terminal at {self.address} {what}.")
        self.packets.failure = self.packets.failure or error
        return error

    def _end(self) -> None:
        """EXIT and close; trouble here is logged and never hides the first error."""
        try:
            if self._connected:
                self._say_goodbye()
        except (LinkError, TerminalError) as error:
            logger.debug("no goodbye from the terminal at %s: %s", self.address, error)
        finally:
            self.packets.close()

    def _say_goodbye(self) -> None:
        """A terminal keeps the session of a program that only hangs up."""
        last_reply = self.packets.last_reply
        farewell = self._zk._ZK__create_header(Code.EXIT, b"", self._zk._ZK__session_id, last_reply)
        patience = 0.0 if self.packets.failure else self.packets.deadline.within(FAREWELL_SECONDS)
        limit = Deadline(max(patience, LEAST_FAREWELL_SECONDS))
        link = self.packets.link
        link.send(farewell, limit)
        expected = parse_packet(farewell).reply
        while parse_packet(link.receive(limit.remaining)).reply != expected:
            continue


def _bare_zk(address: TerminalAddress, packets: PacketSocket) -> Any:
    zk = ZK(address.host, port=address.port, force_udp=True, ommit_ping=True)
    with contextlib.closing(zk._ZK__sock):
        zk._ZK__sock = packets
    return zk

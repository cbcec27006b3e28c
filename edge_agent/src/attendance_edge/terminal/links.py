"""Two ways to carry packets: each `receive` gives exactly one whole packet or raises.

LinkError
  x AnswerTimeoutError  no whole packet came in the time given
  x LinkClosedError     the other side closed, reset or refused
  x NotAPacketError     the bytes are not of this protocol
"""

import socket
import struct
from typing import Protocol

from attendance_edge.terminal.address import Transport
from attendance_edge.terminal.deadline import Deadline
from attendance_edge.terminal.packet import HEADER, LARGEST_PACKET

_TOP = struct.Struct("<HHI")
_TOP_MAGIC = (0x5050, 0x7D82)
_RECEIVE_SIZE = 65_536
_SHORTEST_WAIT = 0.001


class LinkError(Exception):
    """Trouble below the protocol; its text continues "The terminal at …"."""


class AnswerTimeoutError(LinkError):
    """No whole packet came in the time given; the caller decides what that means."""


class LinkClosedError(LinkError):
    """The other side closed, reset or refused."""


class NotAPacketError(LinkError):
    """The bytes are not of this protocol."""


class Link(Protocol):
    """A way to carry packets."""

    @property
    def transport(self) -> Transport:
        """What carries the packets."""
        ...

    def send(self, packet: bytes, deadline: Deadline) -> None:
        """Send one packet; LinkClosedError when the other side is gone."""
        ...

    def receive(self, wait: float) -> bytes:
        """The next whole packet; AnswerTimeoutError after `wait` seconds."""
        ...

    def close(self) -> None:
        """Give the socket back."""
        ...


class TcpLink:
    """Packets in a TCP stream, whatever pieces it arrives in."""

    transport: Transport = "tcp"

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._buffer = bytearray()

    def send(self, packet: bytes, deadline: Deadline) -> None:
        self._socket.settimeout(max(_SHORTEST_WAIT, deadline.remaining))
        try:
            self._socket.sendall(_TOP.pack(*_TOP_MAGIC, len(packet)) + packet)
        except TimeoutError as error:
            raise AnswerTimeoutError from error
        except OSError as error:
            raise _lost(error) from error

    def receive(self, wait: float) -> bytes:
        limit = Deadline(wait)
        self._fill(_TOP.size, limit)
        first, second, length = _TOP.unpack_from(self._buffer)
        if (first, second) != _TOP_MAGIC or not HEADER.size <= length <= LARGEST_PACKET:
            raise NotAPacketError("sent bytes that are not a packet of the terminal protocol")
        end = _TOP.size + length
        self._fill(end, limit)
        packet = bytes(self._buffer[_TOP.size : end])
        del self._buffer[:end]
        return packet

    def _fill(self, size: int, limit: Deadline) -> None:
        while len(self._buffer) < size:
            if limit.passed:
                raise AnswerTimeoutError
            self._socket.settimeout(max(_SHORTEST_WAIT, limit.remaining))
            try:
                piece = self._socket.recv(_RECEIVE_SIZE)
            except TimeoutError as error:
                raise AnswerTimeoutError from error
            except OSError as error:
                raise _lost(error) from error
            if not piece:
                raise LinkClosedError("closed the connection in the middle of the conversation")
            self._buffer += piece

    def close(self) -> None:
        self._socket.close()


class UdpLink:
    """One packet a datagram; what is too short to be one is dropped."""

    transport: Transport = "udp"

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def send(self, packet: bytes, deadline: Deadline) -> None:
        self._socket.settimeout(max(_SHORTEST_WAIT, deadline.remaining))
        try:
            self._socket.send(packet)
        except OSError as error:
            raise _lost(error) from error

    def receive(self, wait: float) -> bytes:
        limit = Deadline(wait)
        while True:
            if limit.passed:
                raise AnswerTimeoutError
            self._socket.settimeout(max(_SHORTEST_WAIT, limit.remaining))
            try:
                packet = self._socket.recv(_RECEIVE_SIZE)
            except TimeoutError as error:
                raise AnswerTimeoutError from error
            except OSError as error:
                raise _lost(error) from error
            if len(packet) >= HEADER.size:
                return packet

    def close(self) -> None:
        self._socket.close()


def _lost(error: OSError) -> LinkClosedError:
    return LinkClosedError(f"broke the connection ({error.strerror or error})")

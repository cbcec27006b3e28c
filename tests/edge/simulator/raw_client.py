"""A client that sends what it is told, right or wrong, to see what the terminal makes of it."""

import socket
import struct
from collections.abc import Iterator
from typing import NamedTuple

TOP = struct.Struct("<HHI")
HEADER = struct.Struct("<4H")
SILENCE = 0.15


class Answer(NamedTuple):
    code: int
    session: int
    reply: int
    data: bytes


def checksum(packet: bytes) -> int:
    """Sixteen-bit words with the carries folded in, one's complement."""
    total = sum(struct.unpack(f"<{(len(packet) + 1) // 2}H", packet + b"\0" * (len(packet) % 2)))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class RawClient:
    """One connection; `session` and `reply` are sent as they stand."""

    def __init__(self, port: int, *, udp: bool = False) -> None:
        kind = socket.SOCK_DGRAM if udp else socket.SOCK_STREAM
        self._udp = udp
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.settimeout(2)
        self._socket.connect(("127.0.0.1", port))
        self.session = 0
        self.reply = 0

    def __enter__(self) -> "RawClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def connect(self) -> Answer:
        self.session = self.reply = 0
        answer = self.ask(1000)
        self.session = answer.session
        return answer

    def ask(self, command: int, data: bytes = b"") -> Answer:
        """Send with the next reply number, and give the first answer."""
        self.send(command, data)
        self.reply += 1
        return self.receive()

    def send(self, command: int, data: bytes = b"", *, spoil: int = 0) -> None:
        bare = HEADER.pack(command, 0, self.session, self.reply) + data
        total = (checksum(bare) + spoil) & 0xFFFF
        packet = HEADER.pack(command, total, self.session, self.reply) + data
        top = b"" if self._udp else TOP.pack(0x5050, 0x7D82, len(packet))
        self._socket.sendall(top + packet)

    def receive(self) -> Answer:
        if self._udp:
            packet = self._socket.recv(65_536)
        else:
            packet = self._exactly(TOP.unpack(self._exactly(TOP.size))[2])
        assert checksum(packet) in (0, 0xFFFF)
        code, _, session, reply = HEADER.unpack_from(packet)
        return Answer(code, session, reply, packet[HEADER.size :])

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self._socket.recv(size - len(data))
            if not piece:
                raise ConnectionError("closed")
            data += piece
        return data

    def is_silent(self) -> bool:
        """Whether nothing comes for a while."""
        self._socket.settimeout(SILENCE)
        try:
            self.receive()
        except TimeoutError:
            return True
        finally:
            self._socket.settimeout(2)
        return False

    def stream(self) -> Iterator[Answer]:
        """Answers up to and with the closing OK or error."""
        while True:
            answer = self.receive()
            yield answer
            if answer.code in (2000, 2001):
                return

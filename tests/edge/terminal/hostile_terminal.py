"""A terminal that answers whatever a test wants, byte for byte, over TCP or UDP."""

import socket
import struct
import threading
from collections.abc import Sequence
from dataclasses import dataclass

TOP = struct.Struct("<HHI")
HEADER = struct.Struct("<4H")


@dataclass(frozen=True)
class Answer:
    """One packet with the request's reply number, unless `raw` bytes are sent instead."""

    code: int = 2000
    field: int = 1
    data: bytes = b""
    raw: bytes | None = None

    def packet(self, reply: int) -> bytes:
        return HEADER.pack(self.code, 0, self.field, reply) + self.data


class HostileTerminal:
    """Each request gets the next list of answers; after the last the line is cut (TCP)."""

    def __init__(self, script: Sequence[Sequence[Answer]], transport: str) -> None:
        self.host = "127.0.0.1"
        self._script = script
        self._tcp = transport == "tcp"
        kind = socket.SOCK_STREAM if self._tcp else socket.SOCK_DGRAM
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.settimeout(5)
        self._socket.bind((self.host, 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._tcp_run if self._tcp else self._udp_run)

    def __enter__(self) -> "HostileTerminal":
        if self._tcp:
            self._socket.listen()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        if not self._tcp:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as poke:
                poke.sendto(b"", (self.host, self.port))
        self._thread.join(6)
        self._socket.close()

    _over = False

    def _tcp_run(self) -> None:
        try:
            client, _ = self._socket.accept()
        except OSError:
            return
        with client:
            client.settimeout(2)
            try:
                for answers in self._script:
                    top = self._exactly(client, TOP.size)
                    request = self._exactly(client, TOP.unpack(top)[2])
                    client.sendall(b"".join(self._framed(a, request) for a in answers))
            except (OSError, struct.error):
                return

    def _exactly(self, client: socket.socket, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = client.recv(size - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data

    def _framed(self, answer: Answer, request: bytes) -> bytes:
        if answer.raw is not None:
            return answer.raw
        packet = answer.packet(HEADER.unpack_from(request)[3])
        return TOP.pack(0x5050, 0x7D82, len(packet)) + packet

    def _udp_run(self) -> None:
        for answers in self._script:
            try:
                request, sender = self._socket.recvfrom(65_536)
            except OSError:
                return
            if self._over or len(request) < HEADER.size:
                return
            for answer in answers:
                reply = HEADER.unpack_from(request)[3]
                raw = answer.packet(reply) if answer.raw is None else answer.raw
                self._socket.sendto(raw[:60_000], sender)

"""The two ways to a terminal: a TCP stream, or datagrams from one sender."""

import asyncio
import random
from typing import ClassVar

from attendance_edge.simulator.faults import Faults
from attendance_edge.simulator.wire import TCP_MAGIC, TCP_TOP, with_tcp_top

HOLD_SECONDS = 0.01


class ChannelClosedError(Exception):
    """The program went away, or a fault cut the line."""


class StreamChannel:
    """One TCP connection."""

    is_stream: ClassVar[bool] = True

    def __init__(self, writer: asyncio.StreamWriter, faults: Faults) -> None:
        self._writer = writer
        self._faults = faults
        self._sent = 0

    @property
    def closed(self) -> bool:
        """Whether the connection has ended."""
        return self._writer.is_closing()

    async def send(self, packet: bytes) -> None:
        """Send with the TCP top, in the pieces that the faults ask for."""
        if self.closed:
            raise ChannelClosedError
        raw = with_tcp_top(packet)
        if self._faults.strike("top_length", when=self._faults.top_length is not None):
            raw = TCP_TOP.pack(*TCP_MAGIC, self._faults.top_length or 0) + packet
        room = self._room(len(raw))
        step = self._faults.split_bytes or room or 1
        for start in range(0, room, step):
            await self._write(raw[start : min(start + step, room)])
        if room < len(raw):
            self._faults.strike("drop_after_bytes")
            self.close()
            raise ChannelClosedError

    def _room(self, length: int) -> int:
        limit = self._faults.drop_after_bytes
        room = min(length, max(0, limit - self._sent)) if limit else length
        self._sent += room
        return room

    async def _write(self, piece: bytes) -> None:
        self._writer.write(piece)
        try:
            await self._writer.drain()
        except ConnectionError as error:
            raise ChannelClosedError from error
        if self._faults.strike("split_bytes", when=self._faults.split_bytes > 0):
            await asyncio.sleep(self._faults.split_pause)

    def close(self) -> None:
        """Hang up with a FIN after what was written."""
        self._writer.close()

    def reset(self) -> None:
        """Hang up with a RST."""
        self._writer.transport.abort()


class DatagramChannel:
    """One sender of datagrams, known by its address."""

    is_stream: ClassVar[bool] = False

    def __init__(
        self, transport: asyncio.DatagramTransport, sender: tuple[str, int], faults: Faults
    ) -> None:
        self._transport = transport
        self._sender = sender
        self._faults = faults
        self._random = random.Random(4370)  # noqa: S311 - faults repeat, nothing is secret
        self._held: bytes | None = None

    @property
    def closed(self) -> bool:
        """Datagrams have no connection to lose."""
        return self._transport.is_closing()

    async def send(self, packet: bytes) -> None:
        """Send, lose or hold back one datagram."""
        if self.closed:
            raise ChannelClosedError
        loss = self._faults.udp_loss and self._random.random() < self._faults.udp_loss
        if self._faults.strike("udp_loss", when=bool(loss)):
            return
        reorder = self._faults.udp_reorder and self._random.random() < self._faults.udp_reorder
        if self._held is None and self._faults.strike("udp_reorder", when=bool(reorder)):
            self._held = packet
            asyncio.get_running_loop().call_later(HOLD_SECONDS, self._let_go)
            return
        self._transport.sendto(packet, self._sender)
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None and not self.closed:
            self._transport.sendto(self._held, self._sender)
        self._held = None

    def close(self) -> None:
        """Nothing to close."""

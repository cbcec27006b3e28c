"""A wire between a program and a service on this machine: counted, and as long as you like."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 1 << 16


class Relay:
    """Passes bytes on half a round trip late, and counts them in both directions.

    A connection costs a round trip before its first bytes, as a TCP handshake would.
    """

    def __init__(self, to_port: int, round_trip_seconds: float = 0.0) -> None:
        self._to_port = to_port
        self._round_trip = round_trip_seconds
        self.bytes = 0

    async def listen(self) -> int:
        """On a free port of loopback; gives it."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def hang_up(self) -> None:
        """End what is under way."""
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # asyncio would print a cancelled one as a failure
            await self._carry(reader, writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._to_port)
        try:
            await asyncio.gather(
                self._pump(reader, forth, self._round_trip), self._pump(back, writer, 0.0)
            )
        finally:
            for end in (writer, forth):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, first: float
    ) -> None:
        line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        emptied = asyncio.create_task(self._empty(line, target))
        clock = asyncio.get_running_loop().time
        opened = clock() + first
        with suppress(ConnectionError):
            while block := await source.read(CHUNK):
                self.bytes += len(block)
                line.put_nowait((max(clock(), opened) + self._round_trip / 2, block))
        line.put_nowait((clock() + self._round_trip / 2, b""))
        await emptied

    async def _empty(
        self, line: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter
    ) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            due, block = await line.get()
            await asyncio.sleep(max(0.0, due - clock()))
            if not block:
                break
            target.write(block)
        with suppress(OSError):
            if target.can_write_eof():
                target.write_eof()


@contextmanager
def counted(to_port: int) -> Iterator[tuple[Relay, int]]:
    """A relay without delay in a thread of its own, and its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="relay", daemon=True)
    thread.start()
    relay = Relay(to_port)
    port = asyncio.run_coroutine_threadsafe(relay.listen(), loop).result(5)
    try:
        yield relay, port
    finally:
        asyncio.run_coroutine_threadsafe(relay.hang_up(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

"""An emulated terminal on real sockets: one command at a time, for all programs."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

from attendance_edge.simulator.channels import (
    ChannelClosedError,
    DatagramChannel,
    StreamChannel,
)
from attendance_edge.simulator.device import Device
from attendance_edge.simulator.firmware import Firmware
from attendance_edge.simulator.records import LogEntry
from attendance_edge.simulator.sessions import Session
from attendance_edge.simulator.wire import (
    LARGEST_REQUEST,
    TCP_MAGIC,
    TCP_TOP,
    Packet,
    decode,
    encode,
)
from attendance_edge.zk_codes import Code

AnyChannel = StreamChannel | DatagramChannel
BIND_ATTEMPTS = 20


class DeviceServer(asyncio.DatagramProtocol):
    """The sockets of one terminal and its single command loop."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.firmware = Firmware(device)
        self._requests: asyncio.Queue[tuple[AnyChannel, bytes]] = asyncio.Queue()
        self._streams: set[StreamChannel] = set()
        self._senders: dict[tuple[str, int], DatagramChannel] = {}
        self._readers: set[asyncio.Task[None]] = set()
        self._worker: asyncio.Task[None] | None = None
        self._tcp: asyncio.Server | None = None
        self._udp: asyncio.DatagramTransport | None = None
        # Bound and not listening, so that TCP is refused and nobody else takes the port.
        self._silent_tcp: socket.socket | None = None

    async def start(self, host: str, port: int, *, tcp: bool = True, udp: bool = True) -> int:
        """Listen on one port number for both transports; 0 takes a free one. Returns it."""
        for attempt in range(BIND_ATTEMPTS):
            try:
                port = await self._bind(host, port, tcp=tcp, udp=udp)
                break
            except OSError:
                await self.stop()
                if port != 0 or attempt == BIND_ATTEMPTS - 1:
                    raise
        self._worker = asyncio.create_task(self._serve())
        return port

    async def _bind(self, host: str, port: int, *, tcp: bool, udp: bool) -> int:
        bound = port
        if tcp:
            self._tcp = await asyncio.start_server(self._accept, host, port)
            bound = self._tcp.sockets[0].getsockname()[1]
        if udp:
            loop = asyncio.get_running_loop()
            self._udp, _ = await loop.create_datagram_endpoint(
                lambda: self, local_addr=(host, bound)
            )
            bound = self._udp.get_extra_info("sockname")[1]
        if not tcp:
            self._silent_tcp = socket.socket()
            self._silent_tcp.bind((host, bound))
        return bound

    async def stop(self) -> None:
        """Close every socket and end every task."""
        tasks = [task for task in (self._worker, *self._readers) if task is not None]
        if self._tcp is not None:
            self._tcp.close()
        if self._udp is not None:
            self._udp.abort()
        if self._silent_tcp is not None:
            self._silent_tcp.close()
        for stream in self._streams:
            stream.reset()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._readers.add(task)
            task.add_done_callback(self._readers.discard)
        channel = StreamChannel(writer, self.device.faults)
        self._streams.add(channel)
        self.device.counters.connections += 1
        try:
            await self._read_stream(reader, channel)
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, asyncio.CancelledError):
            pass
        finally:
            self._streams.discard(channel)
            channel.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _read_stream(self, reader: asyncio.StreamReader, channel: StreamChannel) -> None:
        while True:
            first, second, length = TCP_TOP.unpack(await reader.readexactly(TCP_TOP.size))
            if (first, second) != TCP_MAGIC or length > LARGEST_REQUEST:
                raise ValueError("not a terminal packet")
            self._requests.put_nowait((channel, await reader.readexactly(length)))

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """One request by UDP."""
        if self._udp is None:
            return
        channel = self._senders.setdefault(
            addr, DatagramChannel(self._udp, addr, self.device.faults)
        )
        self._requests.put_nowait((channel, data))

    async def _serve(self) -> None:
        while True:
            channel, raw = await self._requests.get()
            with contextlib.suppress(ChannelClosedError):
                await self._handle(channel, raw)

    async def _handle(self, channel: AnyChannel, raw: bytes) -> None:
        packet = decode(raw)
        if packet is None or self._ignores(packet, channel):
            return
        session = self.firmware.session_for(packet, channel)
        if session is None:
            return
        if packet.command != Code.CONNECT:
            if session.is_repeat(packet):
                await self._repeat(session)
                return
            if session.is_stale(packet):
                return
        await self._answer(session, packet)

    def _ignores(self, packet: Packet, channel: AnyChannel) -> bool:
        faults = self.device.faults
        connecting = packet.command == Code.CONNECT
        if faults.strike("close_on_connect", when=connecting and faults.close_on_connect):
            channel.close()
            return True
        return (
            faults.strike("hang", when=faults.hang)
            or faults.strike("ignore_connect", when=connecting and faults.ignore_connect)
            or faults.strike("hang_on", when=packet.command in faults.hang_on)
        )

    async def _repeat(self, session: Session) -> None:
        if session.last_answer:
            await session.channel.send(session.last_answer)

    async def _answer(self, session: Session, packet: Packet) -> None:
        faults = self.device.faults
        await self._delay(packet)
        if faults.strike("stray_event", when=faults.stray_event):
            await session.channel.send(encode(self.firmware.event(self.device.entry("1"))))
        for answer in self._answers(session, packet):
            raw = encode(answer)
            if faults.strike("garbage_on", when=packet.command in faults.garbage_on):
                raw = raw[:8] + bytes(255 - byte for byte in raw[8:]) + b"\xee" * 5
            session.last_answer = raw
            await session.channel.send(raw)
            await asyncio.sleep(faults.packet_pause)

    def _answers(self, session: Session, packet: Packet) -> Iterator[Packet]:
        faults = self.device.faults
        if faults.strike("refuse_on", when=packet.command in faults.refuse_on):
            session.last_reply = packet.reply
            return iter((Packet(Code.ACK_ERROR, session.number, packet.reply, b""),))
        return self.firmware.execute(session, packet)

    async def _delay(self, packet: Packet) -> None:
        faults = self.device.faults
        if faults.strike("late_once_on", when=packet.command in faults.late_once_on):
            faults.late_once_on = tuple(c for c in faults.late_once_on if c != packet.command)
            await asyncio.sleep(faults.late_seconds)
        if faults.strike("answer_delay", when=faults.answer_delay > 0):
            await asyncio.sleep(faults.answer_delay)

    async def push(self, entry: LogEntry, *, stored: bool = True) -> None:
        """Tell every listening program about a punch, unless people are locked out."""
        if self.device.disabled:
            return
        raw = encode(self.firmware.event(entry, stored=stored))
        for session in self.firmware.sessions.listeners():
            with contextlib.suppress(ChannelClosedError):
                await session.channel.send(raw)

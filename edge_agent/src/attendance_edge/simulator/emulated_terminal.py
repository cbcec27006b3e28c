"""An emulated terminal for tests: a context manager with a port."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from attendance_edge.simulator.background import SHARED
from attendance_edge.simulator.device import Device, DeviceOptions
from attendance_edge.simulator.faults import Faults
from attendance_edge.simulator.push_client import PushClient
from attendance_edge.simulator.records import EmulatedUser
from attendance_edge.simulator.server import DeviceServer


class EmulatedTerminal:
    """`with EmulatedTerminal(records=100, layout="16") as terminal: terminal.port`.

    Keyword arguments are those of DeviceOptions, besides: `records` and `users` generated at
    start, `host`, `port` (0: any free one, the same for TCP and UDP), `tcp` and `udp` to serve
    only one of them, `push` (an address to call, every `push_seconds`). All terminals of a
    process share one thread.
    """

    def __init__(
        self,
        *,
        records: int = 0,
        users: int = 5,
        host: str = "127.0.0.1",
        port: int = 0,
        tcp: bool = True,
        udp: bool = True,
        push: str = "",
        push_seconds: float = 10.0,
        **options: Any,
    ) -> None:
        self.device = Device(DeviceOptions(**options))
        self.device.generate(records, users)
        self.host = host
        self.port = port
        self._serves = {"tcp": tcp, "udp": udp}
        self._server = DeviceServer(self.device)
        self._push = (push, push_seconds)
        self.pusher: PushClient | None = None

    def __enter__(self) -> Self:
        SHARED.acquire()
        try:
            self.port = SHARED.run(self._start())
        except BaseException:
            SHARED.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        SHARED.run(self._stop())
        SHARED.release()

    async def _start(self) -> int:
        self._server = DeviceServer(self.device)
        port = await self._server.start(self.host, self.port, **self._serves)
        url, seconds = self._push
        if url:
            self.pusher = PushClient(self.device, url, seconds)
            self.pusher.start()
        return port

    async def _stop(self) -> None:
        if self.pusher is not None:
            await self.pusher.stop()
        await self._server.stop()

    def restart(self) -> None:
        """Power off and on: sessions and buffers are gone, the log stays."""
        SHARED.run(self._stop())
        self.port = SHARED.run(self._start())

    def add_punch(
        self,
        user_id: str = "1",
        *,
        punch: int = 0,
        status: int = 1,
        timestamp: datetime | None = None,
        stored: bool = True,
    ) -> bool:
        """One person punches; False when turned away (disabled, or the log is full)."""
        return SHARED.run(self._punch(user_id, punch, status, timestamp, stored))

    async def _punch(
        self, user_id: str, punch: int, status: int, timestamp: datetime | None, stored: bool
    ) -> bool:
        device = self.device
        entry = device.entry(user_id, punch=punch, status=status, timestamp=timestamp)
        if stored:
            kept = device.punch(user_id, punch=punch, status=status, timestamp=timestamp)
            if kept is None:
                return False
            entry = kept
        await self._server.push(entry, stored=stored)
        if self.pusher is not None:
            self.pusher.wake()
        return True

    def add_raw_record(self, record: bytes) -> None:
        """A record as flash holds it after damage."""
        SHARED.call(lambda: self.device.log.append_raw(record))

    def add_users(self, users: Iterable[EmulatedUser]) -> None:
        """Enrol people with chosen internal numbers."""
        for user in users:
            SHARED.call(
                lambda user=user: self.device.enroll(user.user_id, user.name, user.uid)  # type: ignore[misc]
            )

    def clear_log(self) -> None:
        """What an operator can do in the menu."""
        SHARED.call(self.device.log.clear)

    def set_faults(self, **switches: Any) -> None:
        """Turn faults on or off by name."""
        SHARED.call(lambda: self.faults.set(**switches))

    @property
    def faults(self) -> Faults:
        """The switches and how often they struck."""
        return self.device.faults

    @property
    def received(self) -> Counter[int]:
        """How often each command code was executed."""
        return self.device.counters.received

    @property
    def writes(self) -> int:
        """How many commands would have changed the terminal."""
        return self.device.counters.writes

    @property
    def disabled(self) -> bool:
        """Whether people are locked out now."""
        return self.device.disabled

    @property
    def last_lease_seconds(self) -> int:
        """The idle time after which the last DISABLE would have ended by itself; 0 is never."""
        return self.device.lease_seconds

    @property
    def listeners(self) -> int:
        """How many programs wait for events now."""
        return len(self._server.firmware.sessions.listeners())

    @property
    def open_sessions(self) -> int:
        """Sessions not ended by EXIT."""
        return len(self._server.firmware.sessions)

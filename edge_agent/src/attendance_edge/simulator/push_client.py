"""A terminal that calls by itself: ADMS ("iclock") over HTTP, as firmware does it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

import httpx

from attendance_edge.simulator.attlog import attlog_line
from attendance_edge.simulator.device import Device

LINES_AN_UPLOAD = 1_000
TIMEOUT = httpx.Timeout(35.0, connect=5.0)
DELAY_SECONDS = 30.0
GARBAGE = b"\xff\xfe not a punch\n"
Content = bytes | AsyncIterator[bytes]


@dataclass
class PushState:
    """How the calls go: `confirmed` records are with the receiver, `refused` counts its noes."""

    connected: bool = False
    confirmed: int = 0
    calls: int = 0
    uploads: int = 0
    refused: int = 0
    commands: int = 0
    answer: str = ""


class _NotTakenError(Exception):
    """An answer that is no OK, or none: the terminal keeps its data and calls again."""


class PushClient:
    """Greets, uploads what was not confirmed, asks for commands, and does so for ever.

    `url` is the receiver's address: `/iclock` is added where it has none, as terminals do.
    A punch is sent at once; otherwise calls are `seconds` apart, or less if the receiver says.
    """

    def __init__(self, device: Device, url: str, seconds: float) -> None:
        self.state = PushState()
        self._device = device
        self._base = _base(url)
        self._seconds = seconds
        self._delay = DELAY_SECONDS
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Call from now on; in a running event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Hang up."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """Somebody has punched."""
        self._woken.set()

    def report(self) -> dict[str, object]:
        """For GET /terminals; the address is left out, since it may hold a token."""
        waiting = max(self._device.log.appended - self.state.confirmed, 0)
        return {**asdict(self.state), "waiting": waiting}

    async def _run(self) -> None:
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as http:
            while True:
                if not self._device.faults.strike("push_off", when=self._device.faults.push_off):
                    with suppress(_NotTakenError):
                        await self._converse(http)
                self.state.connected = False
                await self._pause()

    async def _converse(self, http: httpx.AsyncClient) -> None:
        await self._greet(http)
        self.state.connected = True
        await self._call(http, "POST", "cdata", b"OPLOG 0\t0\n", table="OPERLOG", Stamp="0")
        while not self._device.faults.push_off:
            await self._upload(http)
            if await self._call(http, "GET", "getrequest") != "OK":
                self.state.commands += 1
            await self._pause()

    async def _greet(self, http: httpx.AsyncClient) -> None:
        told = await self._call(http, "GET", "cdata", options="all", pushver="2.4.1")
        options = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
        stamp = options.get("ATTLOGStamp", options.get("Stamp", "0"))
        known = int(stamp) if stamp.isdigit() else 0
        self.state.confirmed = known if known <= self._device.log.appended else 0
        delay = options.get("Delay", "")
        self._delay = float(delay) if delay.isdigit() else DELAY_SECONDS

    async def _upload(self, http: httpx.AsyncClient) -> None:
        log = self._device.log
        while self.state.confirmed < log.appended:
            until, records = log.since(self.state.confirmed, LINES_AN_UPLOAD)
            body = self._lines(records)
            for _ in range(2 if self._strikes("push_twice") else 1):
                content = _cut(body) if self._strikes("push_cut") else body
                told = await self._call(
                    http, "POST", "cdata", content, table="ATTLOG", Stamp=str(until)
                )
                if not told.startswith("OK"):
                    raise _NotTakenError
            self.state.confirmed = until
            self.state.uploads += 1

    def _lines(self, records: list[bytes]) -> bytes:
        device = self._device
        ids = {user.uid: user.user_id for user in device.users.values()}
        lines = [attlog_line(record, device.log.layout, ids) for record in records]
        return b"".join([GARBAGE, *lines] if self._strikes("push_garbage") else lines)

    async def _call(
        self, http: httpx.AsyncClient, method: str, name: str, content: Content = b"", **query: str
    ) -> str:
        query = {"SN": self._device.shown_serial_number, **query}
        self.state.calls += 1
        try:
            url = f"{self._base}/{name}"
            answer = await http.request(method, url, params=query, content=content or None)
        except (httpx.HTTPError, ConnectionError) as error:
            self.state.answer = f"no answer: {type(error).__name__}"
            raise _NotTakenError from error
        self.state.answer = f"{answer.status_code} {answer.text[:60]}".strip()
        if answer.status_code != 200:
            self.state.refused += 1
            raise _NotTakenError
        return answer.text.strip()

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), min(self._seconds, self._delay))
        self._woken.clear()

    def _strikes(self, fault: str) -> bool:
        return self._device.faults.strike(fault, when=getattr(self._device.faults, fault))


async def _cut(body: bytes) -> AsyncIterator[bytes]:
    """The line breaks in the middle of an upload."""
    yield body[: len(body) // 2]
    raise ConnectionAbortedError


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("push must be an address such as http://127.0.0.1:8081")
    base = url.rstrip("/")
    return base if "/iclock" in parts.path else f"{base}/iclock"


def check_push_url(url: str) -> None:
    """Raise ValueError for an address that no terminal could call."""
    _base(url)

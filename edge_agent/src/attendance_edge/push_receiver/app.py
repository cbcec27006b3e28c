"""The routes a terminal calls; every answer is plain text."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from attendance_edge.config import Config, DeviceConfig
from attendance_edge.instants import utc_now
from attendance_edge.outbox import Outbox, OutboxError, StoredReading
from attendance_edge.push_receiver.attlog import Upload, parse_upload
from attendance_edge.push_receiver.callers import Callers
from attendance_edge.push_receiver.strangers import Strangers
from attendance_wire.iclock import (
    ATTLOG_TABLE,
    FIRST_STAMP,
    NOTHING_TO_DO,
    TOO_LARGE,
    TRY_LATER,
    UNKNOWN_TERMINAL,
    confirmation,
    greeting,
    is_stamp,
)

logger = logging.getLogger(__name__)

LARGEST_UPLOAD = 8 << 20
UPLOAD_SECONDS = 120
"""A terminal that was switched off in the middle never says so."""
SECONDS_BETWEEN_CALLS = 10


class PushReceiver:
    """Takes uploads of known terminals; answers `OK: n` once the punches are on disk.

    A terminal that is not known is refused and keeps what it has. No command is ever given.
    """

    def __init__(self, config: Config, outbox: Outbox, wake: Callable[[], None]) -> None:
        self._outbox = outbox
        self._wake = wake
        self._callers = Callers(config.devices, outbox)
        self._strangers = Strangers(outbox)

    def app(self) -> Starlette:
        """Terminals write the paths with and without `.aspx`."""
        return Starlette(
            routes=[
                Route(f"/iclock/{name}{ending}", endpoint, methods=methods)
                for ending in ("", ".aspx")
                for name, endpoint, methods in (
                    ("cdata", self._options, ["GET"]),
                    ("cdata", self._upload, ["POST"]),
                    ("getrequest", self._nothing_to_do, ["GET", "POST"]),
                    ("devicecmd", self._nothing_to_do, ["GET", "POST"]),
                    ("ping", self._nothing_to_do, ["GET"]),
                )
            ]
        )

    def _options(self, request: Request) -> Response:
        device = self._caller(request)
        if device is None:
            return _refusal()
        stamp = self._outbox.note(_stamp_note(device)) or FIRST_STAMP
        serial_number = request.query_params["SN"]
        return PlainTextResponse(greeting(serial_number, stamp, delay=SECONDS_BETWEEN_CALLS))

    def _nothing_to_do(self, request: Request) -> Response:
        return _refusal() if self._caller(request) is None else PlainTextResponse(NOTHING_TO_DO)

    async def _upload(self, request: Request) -> Response:
        body = bytearray()
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST_UPLOAD:
                        return PlainTextResponse(TOO_LARGE, 413)
        except (ClientDisconnect, TimeoutError):
            return PlainTextResponse(TRY_LATER, 408)
        return await run_in_threadpool(self._take, request, bytes(body))

    def _take(self, request: Request, body: bytes) -> Response:
        device = self._caller(request)
        if device is None:
            return _refusal()
        if request.query_params.get("table", "").upper() != ATTLOG_TABLE:
            return PlainTextResponse(NOTHING_TO_DO)
        upload = parse_upload(body)
        try:
            self._store(device, upload, request.query_params.get("Stamp", ""))
        except OutboxError as error:
            logger.error("%s", error)  # noqa: TRY400 - the sentence says all
            return PlainTextResponse(TRY_LATER, 503)
        return PlainTextResponse(confirmation(upload.lines))

    def _store(self, device: DeviceConfig, upload: Upload, stamp: str) -> None:
        now = utc_now()
        self._outbox.store(
            StoredReading(
                device_id=device.id,
                read_at=now,
                punches=upload.punches,
                quarantined=upload.quarantined,
            )
        )
        if upload.lines and is_stamp(stamp):
            self._outbox.keep_note(_stamp_note(device), stamp)
        self._wake()

    def _caller(self, request: Request) -> DeviceConfig | None:
        serial_number = request.query_params.get("SN", "")
        client = request.client.host if request.client else ""
        device = self._callers.find(serial_number, client)
        if device is None:
            self._strangers.refused(serial_number, client)
        elif device.address is None:
            with suppress(OutboxError):
                self._outbox.store_contact(device.id, utc_now())
        return device


def _stamp_note(device: DeviceConfig) -> str:
    return f"pushed up to: {device.id}"


def _refusal() -> Response:
    return PlainTextResponse(UNKNOWN_TERMINAL, 403)

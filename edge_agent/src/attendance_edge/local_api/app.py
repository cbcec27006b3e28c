"""The routes of the local API."""

from typing import Any, Protocol

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from attendance_edge.agent.fleet import Fleet
from attendance_edge.agent.round import go_round
from attendance_edge.agent.round_data import round_data
from attendance_edge.config import Config
from attendance_edge.local_api.all_attendance import AllAttendance, Filters, check_date
from attendance_edge.local_api.guard import Guard
from attendance_edge.local_api.metrics import metrics_text
from attendance_edge.outbox import Outbox
from attendance_edge.status import status_of
from attendance_edge.uplink import Handover


class RunningUplink(Protocol):
    """What the local API tells of the uplink, and asks of it."""

    @property
    def error(self) -> str | None: ...

    @property
    def clock_offset_seconds(self) -> float: ...

    @property
    def counts(self) -> dict[str, int]: ...

    @property
    def last_success(self) -> str | None: ...

    def hand_over(self) -> Handover: ...


class LocalApi:
    """Answers from the outbox, and reads terminals for `GET /attendance/all` and `POST /poll`."""

    def __init__(self, config: Config, outbox: Outbox, fleet: Fleet, uplink: RunningUplink) -> None:
        self._config = config
        self._outbox = outbox
        self._fleet = fleet
        self._uplink = uplink

    def app(self) -> Starlette:
        """The application, guarded."""
        guards = [Middleware(Guard, config=self._config.api)] if self._config.api else []
        routes = [
            Route("/attendance/all", self._all_attendance, methods=["GET"]),
            Route("/poll", self._poll, methods=["POST"]),
            Route("/health", self._health, methods=["GET"]),
            Route("/metrics", self._metrics, methods=["GET"]),
        ]
        return Starlette(routes=routes, middleware=guards)

    def _all_attendance(self, request: Request) -> Response:
        query = request.query_params
        filters = Filters(user_id=query.get("user_id"), date=query.get("date"))
        if filters.date is not None and not check_date(filters.date):
            message = f"date: expected YYYY-MM-DD, got {filters.date!r}"
            return JSONResponse({"success": False, "message": message}, 400)
        answer = AllAttendance(self._fleet.read_all(full=True, disable=True), filters)
        for device in self._config.devices:
            if device.address is None:
                answer.errors[device.id] = "it has no address to be read at; it calls by itself"
        return StreamingResponse(answer.json(), media_type="application/json")

    def _poll(self, _request: Request) -> Response:
        """One round now, for `attendance-edge poll` beside the running agent."""
        result = go_round(self._fleet.read_all(), self._uplink.hand_over)
        return JSONResponse(round_data(result, self._outbox.summary().queued))

    def _health(self, _request: Request) -> Response:
        summary = self._outbox.summary()
        answer: dict[str, Any] = {
            **status_of(self._config, summary, self._outbox.devices()),
            "uplink": {
                "ok": self._uplink.error is None,
                "error": self._uplink.error,
                "last_success": self._uplink.last_success,
                "clock_offset_seconds": round(self._uplink.clock_offset_seconds, 3),
                **self._uplink.counts,
            },
        }
        return JSONResponse(answer, 503 if summary.is_disk_full else 200)

    def _metrics(self, _request: Request) -> Response:
        text = metrics_text(
            self._outbox.summary(),
            self._outbox.devices().values(),
            self._uplink.counts,
            is_uplink_up=self._uplink.error is None,
        )
        return Response(text, media_type=CONTENT_TYPE_LATEST)

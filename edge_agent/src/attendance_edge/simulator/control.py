"""The HTTP endpoint that steers a fleet: punches in, faults on and off, counters out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from attendance_edge.simulator.fleet import FleetTerminal

_PUNCH_FIELDS = {"user_id", "punch", "status", "timestamp"}


def control_app(fleet: Mapping[str, FleetTerminal]) -> Starlette:
    """The routes over one fleet; every answer is JSON."""
    control = _Control(fleet)
    return Starlette(
        routes=[
            Route("/terminals", control.list, methods=["GET"]),
            Route("/terminals/{id}", control.show, methods=["GET"]),
            Route("/terminals/{id}/punches", control.punch, methods=["POST"]),
            Route("/terminals/{id}/faults", control.set_faults, methods=["POST"]),
            Route("/terminals/{id}/faults", control.clear_faults, methods=["DELETE"]),
            Route("/terminals/{id}/clock", control.set_clock, methods=["POST"]),
            Route("/terminals/{id}/records", control.clear_log, methods=["DELETE"]),
        ],
        exception_handlers={HTTPException: _explain},
    )


async def _explain(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, status_code=error.status_code)


class _Control:
    def __init__(self, fleet: Mapping[str, FleetTerminal]) -> None:
        self._fleet = fleet

    def _terminal(self, request: Request) -> FleetTerminal:
        wanted = request.path_params["id"]
        if wanted not in self._fleet:
            raise HTTPException(404, f"no terminal {wanted}; there are {', '.join(self._fleet)}")
        return self._fleet[wanted]

    async def list(self, _request: Request) -> Response:
        return JSONResponse({"terminals": [one.report() for one in self._fleet.values()]})

    async def show(self, request: Request) -> Response:
        return JSONResponse(self._terminal(request).report())

    async def punch(self, request: Request) -> Response:
        terminal, body = self._terminal(request), await _body(request)
        try:
            entry = await terminal.punch(**_punch(body))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        if entry is None:
            raise HTTPException(409, "the terminal turned the person away: disabled or full")
        stored = {**entry.__dict__, "timestamp": entry.timestamp.isoformat(sep=" ")}
        return JSONResponse(stored, status_code=201)

    async def set_faults(self, request: Request) -> Response:
        faults, body = self._terminal(request).device.faults, await _body(request)
        try:
            faults.set(**body)
        except (ValueError, TypeError) as error:
            raise HTTPException(400, str(error)) from error
        return JSONResponse({"faults": faults.active()})

    async def clear_faults(self, request: Request) -> Response:
        self._terminal(request).device.faults.clear()
        return JSONResponse({"faults": {}})

    async def set_clock(self, request: Request) -> Response:
        terminal, body = self._terminal(request), await _body(request)
        offset = body.get("offset_seconds")
        if not isinstance(offset, int | float) or isinstance(offset, bool):
            raise HTTPException(400, "offset_seconds must be a number of seconds")
        terminal.device.clock.offset_seconds = float(offset)
        return JSONResponse(terminal.report())

    async def clear_log(self, request: Request) -> Response:
        terminal = self._terminal(request)
        terminal.clear_log()
        return JSONResponse(terminal.report())


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "the body is not a JSON object")
    return body


def _punch(body: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a punch; ValueError says which field is wrong."""
    unknown = sorted(set(body) - _PUNCH_FIELDS)
    if unknown:
        raise ValueError(f"unknown field {unknown[0]}; a punch has {sorted(_PUNCH_FIELDS)}")
    return {
        "user_id": _user_id(body.get("user_id")),
        "punch": _byte(body, "punch", 0),
        "status": _byte(body, "status", 1),
        "timestamp": _timestamp(body.get("timestamp")),
    }


def _user_id(value: Any) -> str:
    if type(value) in (str, int):
        return str(value)
    raise ValueError("user_id must be text")


def _byte(body: dict[str, Any], name: str, default: int) -> int:
    value = body.get(name, default)
    if type(value) is not int or not 0 <= value <= 255:
        raise ValueError(f"{name} must be a number from 0 to 255")
    return value


def _timestamp(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError("timestamp must be YYYY-MM-DD HH:MM:SS, the terminal's time") from error
    if moment.tzinfo is not None or not 2000 <= moment.year < 2100:
        raise ValueError("timestamp must be without a zone, in 2000 to 2099")
    return moment.replace(microsecond=0)

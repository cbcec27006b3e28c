"""`/iclock/{deviceToken}/...`: terminals that call by themselves, with TLS (punches.md)."""

import base64
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from attendance.bootstrap import Runtime, runtime
from attendance.errors import UnavailableError
from attendance.http.api import current_request
from attendance.services.find_push_caller import PushCaller, find_push_caller
from attendance.services.push_contact import note_contact
from attendance.services.receive_push import Push, PushRow, receive_push
from attendance_wire import AttlogUpload, parse_attlog
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

LARGEST_UPLOAD = 500_000
"""Bytes: more lines than fit may take longer to store than a function lives."""
SECONDS_BETWEEN_CALLS = 30

DESCRIPTION = "For a terminal with a push token (ADMS), in plain text; also with `.aspx`."

Serve = Callable[[Runtime, PushCaller], Response[Any]]


def add_push_routes(app: APIGatewayHttpResolver) -> None:
    """Terminals add `/iclock` to their server's address or do not, and `.aspx` or not.

    No answer is ever a command.
    """

    def options(device_token: str) -> Response[Any]:
        return _for_a_terminal(app, device_token, lambda parts, who: _options(app, parts, who))

    def upload(device_token: str) -> Response[Any]:
        return _for_a_terminal(app, device_token, lambda parts, who: _upload(app, parts, who))

    def nothing_to_do(device_token: str) -> Response[Any]:
        return _for_a_terminal(app, device_token, _nothing_to_do)

    for name, method, serve, summary in (
        ("cdata", "GET", options, "Give a terminal its options"),
        ("cdata", "POST", upload, "Take a terminal's punches"),
        ("getrequest", "GET", nothing_to_do, "Tell a terminal that there is no command"),
        ("getrequest", "POST", nothing_to_do, "Tell a terminal that there is no command"),
        ("devicecmd", "GET", nothing_to_do, "Take a terminal's answer to a command"),
        ("devicecmd", "POST", nothing_to_do, "Take a terminal's answer to a command"),
        ("ping", "GET", nothing_to_do, "Hear that a terminal is there"),
    ):
        for own in (name, f"{name}.aspx", f"iclock/{name}", f"iclock/{name}.aspx"):
            app.route(
                f"/iclock/<device_token>/{own}",
                method=method,
                tags=["Terminals"],
                summary=summary,
                description=DESCRIPTION,
                include_in_schema=own == name,
            )(serve)


def _for_a_terminal(app: APIGatewayHttpResolver, token: str, serve: Serve) -> Response[Any]:
    parts, request = runtime(), current_request(app)
    serial_number = request.first("SN") or ""
    try:
        caller = find_push_caller(parts.directory, token, serial_number, parts.now())
        return _text(UNKNOWN_TERMINAL, 403) if caller is None else serve(parts, caller)
    except UnavailableError as error:
        parts.logger.warning("a terminal has to try again", reason=error.word)
        return _text(TRY_LATER, 503)


def _options(app: APIGatewayHttpResolver, parts: Runtime, caller: PushCaller) -> Response[Any]:
    note_contact(parts.directory, caller.device, parts.now())
    serial_number = current_request(app).first("SN") or ""
    stamp = caller.stamp or FIRST_STAMP
    return _text(greeting(serial_number, stamp, delay=SECONDS_BETWEEN_CALLS))


def _nothing_to_do(parts: Runtime, caller: PushCaller) -> Response[Any]:
    note_contact(parts.directory, caller.device, parts.now())
    return _text(NOTHING_TO_DO)


def _upload(app: APIGatewayHttpResolver, parts: Runtime, caller: PushCaller) -> Response[Any]:
    request, body = current_request(app), _body(app.current_event.raw_event)
    if len(body) > LARGEST_UPLOAD:
        return _text(TOO_LARGE, 413)
    if (request.first("table") or "").upper() != ATTLOG_TABLE:
        return _nothing_to_do(parts, caller)
    upload = parse_attlog(body)
    push = _push(upload, request.first("Stamp") or "", request.request_id)
    receive_push(parts, caller, push, parts.now())
    _tell(parts, caller, upload)
    return _text(confirmation(upload.lines))


def _push(upload: AttlogUpload, stamp: str, request_id: str) -> Push:
    return Push(
        punches=[
            PushRow(user_id=p.user_id, timestamp=p.timestamp, status=p.status, punch=p.punch)
            for p in upload.punches
        ],
        unreadable=[(line.raw, line.reason) for line in upload.unreadable],
        stamp=stamp if upload.lines and is_stamp(stamp) else None,
        request_id=request_id,
    )


def _tell(parts: Runtime, caller: PushCaller, upload: AttlogUpload) -> None:
    if upload.unreadable:
        parts.logger.warning(
            "unreadable lines of an upload are kept aside",
            company_id=str(caller.company),
            device_id=caller.device.member_id,
            lines=len(upload.unreadable),
            reason=upload.unreadable[0].reason,
        )


def _body(event: dict[str, Any]) -> bytes:
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(body)
    return str(body).encode(errors="surrogatepass")


def _text(body: str, status: int = 200) -> Response[Any]:
    return Response(status, "text/plain", body, headers={"Cache-Control": "no-store"})

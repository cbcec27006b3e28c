"""The service's HTTP functions behind one WSGI application, as the front door has them."""

import base64
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from accounts_api.app import lambda_handler as accounts
from attendance_api.app import lambda_handler as attendance
from ingest_punches.app import lambda_handler as ingest
from tests.http_events import CONTEXT, Handler, http_event

ACCOUNTS = {"/login", "/logout", "/refresh", "/tenantowners", "/.well-known/jwks.json"}
INGEST = {("POST", "/v1/punches"), ("POST", "/v1/agents/enroll")}

Signer = Callable[[dict[str, Any]], dict[str, Any]]
SIGN_HERE = "sign-here"
"""As the header `Signature`: to be replaced by a signature of the request as it goes out."""


def handler_of(method: str, path: str) -> Handler:
    """The function that template.yaml puts behind a route."""
    if path in ACCOUNTS:
        return accounts
    if (method, path) in INGEST or path.startswith("/iclock/"):
        return ingest
    return attendance


def service_app(sign: Signer | None = None) -> Callable[..., Iterable[bytes]]:
    """A WSGI application; with `sign`, requests that ask for it go out as an agent sends them."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        event = _event(environ)
        if sign and event["headers"].get("signature") == SIGN_HERE:
            del event["headers"]["signature"]
            event = sign(event)
        answer = handler_of(environ["REQUEST_METHOD"], event["rawPath"])(event, CONTEXT)
        status = HTTPStatus(answer["statusCode"])
        start_response(f"{status.value} {status.phrase}", _headers(answer))
        text = answer.get("body") or ""
        return [base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()]

    return application


def _event(environ: dict[str, Any]) -> dict[str, Any]:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name in {"CONTENT_TYPE", "CONTENT_LENGTH"} and value)
    }
    headers.pop("accept-encoding", None)  # the client in this process does not unpack what it takes
    cookies = [part for part in headers.pop("cookie", "").split("; ") if part]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    event = http_event(
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"].encode("latin-1").decode(errors="replace"),
        headers={"host": "api.example", **headers},
        query=environ.get("QUERY_STRING", ""),
        cookies=cookies,
    )
    if body:
        text = _text_or_none(body)
        event["isBase64Encoded"] = text is None
        event["body"] = base64.b64encode(body).decode() if text is None else text
    return event


def _text_or_none(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _headers(answer: dict[str, Any]) -> list[tuple[str, str]]:
    told = [(name, str(value)) for name, value in answer.get("headers", {}).items()]
    return told + [("Set-Cookie", cookie) for cookie in answer.get("cookies", [])]

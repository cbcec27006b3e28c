"""One request as the routes see it: what came, what it is called, who is asking."""

import base64
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from attendance.errors import UnauthenticatedError
from attendance.model.session import Session
from attendance.services.attempt import ALONE, Attempt

_TERMINAL_TOKEN = re.compile(r"(?<=/iclock/)[^/]+")


@dataclass(kw_only=True)
class Request:
    """`query` keeps repeated values; header names are lower case; times are for the envelope.

    `gateway_id` is the request's name in the gateway's access log, which has no path.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, list[str]]
    cookies: Mapping[str, str]
    body: str | None
    source_ip: str
    request_id: str
    gateway_id: str = ""
    started: float = field(default_factory=time.perf_counter)
    sso_ms: int = 0
    attempt: Attempt = ALONE
    find_session: Callable[["Request"], Session | None] | None = None
    _session: Session | None = None
    _asked: bool = False

    def first(self, name: str) -> str | None:
        """The first value of a query parameter."""
        values = self.query.get(name)
        return values[0] if values else None

    @cached_property
    def media_type(self) -> str:
        """The body's type in lower case, without its parameters; empty when none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def logged_path(self) -> str:
        """The path as it may be logged: a terminal's token is left out (punches.md)."""
        return _TERMINAL_TOKEN.sub("-", self.path, count=1)

    @property
    def elapsed_ms(self) -> int:
        """Milliseconds since the request arrived."""
        return round((time.perf_counter() - self.started) * 1000)

    def optional_session(self) -> Session | None:
        """The session, or None when the request carries no token; a bad token still raises."""
        if not self._asked and self.find_session is not None:
            asked_at = time.perf_counter()
            self._session = self.find_session(self)
            self._asked = True
            self.sso_ms = round((time.perf_counter() - asked_at) * 1000)
        return self._session

    def session(self) -> Session:
        """The session. Raises UnauthenticatedError (`loginRequired`) when there is none."""
        session = self.optional_session()
        if session is None:
            raise UnauthenticatedError("loginRequired", "Send an access token, or log in first.")
        return session


def read_request(event: Mapping[str, Any]) -> Request:
    """A request from an HTTP API event (payload version 2.0), with its own or a fresh requestId."""
    http = event["requestContext"]["http"]
    text = event.get("rawQueryString", "")
    query = parse_qs(text, keep_blank_values=True) if text else {}
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    given = query.get("requestId", [""])[0]
    return Request(
        method=http["method"],
        path=event["rawPath"],
        headers=headers,
        query=query,
        cookies=_cookies(event, headers),
        body=_body(event),
        source_ip=http.get("sourceIp", ""),
        request_id=given if _is_printable(given) else uuid4().hex,
        gateway_id=event["requestContext"].get("requestId", ""),
    )


def _is_printable(request_id: str) -> bool:
    return 0 < len(request_id) <= 128 and request_id.isascii() and request_id.isprintable()


def _body(event: Mapping[str, Any]) -> str | None:
    body = event.get("body")
    if body and event.get("isBase64Encoded"):
        return base64.b64decode(body).decode(errors="surrogateescape")
    return body


def _cookies(event: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, str]:
    text = "; ".join(event.get("cookies") or [headers.get("cookie", "")])
    if not text:
        return {}
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(text)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}

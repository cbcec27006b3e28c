"""Who may ask the local API."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from attendance_edge.config import ApiConfig
from attendance_edge.config.checks import is_loopback


class Guard:
    """Asks for the token, if there is one, and turns away what a foreign web page sends.

    A reading locks people out for a moment, so a page that somebody happens to visit must not
    be able to start one, neither across origins nor by a name that leads to this machine.
    """

    def __init__(self, app: ASGIApp, config: ApiConfig) -> None:
        self._app = app
        self._config = config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := self._refusal(HTTPConnection(scope))):
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, request: HTTPConnection) -> JSONResponse | None:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return _answer(403, "another site's page may not ask")
        if is_loopback(self._config.host) and not _names_loopback(request.headers.get("host", "")):
            return _answer(403, "expected localhost or a loopback address as host")
        if self._config.token and not _holds(request, self._config.token):
            return _answer(401, "expected Authorization: Bearer with the token of edge.toml")
        return None


def _names_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name is not None and is_loopback(name)


def _holds(request: HTTPConnection, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _answer(status: int, message: str) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"success": False, "message": message}, status, headers)

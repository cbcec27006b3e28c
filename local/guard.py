"""Who may talk to the engine: it has no log-in, so no web page may reach it.

A browser names itself by `Origin` or `Sec-Fetch-Site`, or by a foreign `Host` (DNS rebinding).
The front door proves itself with a key and may bring browsers to the API, and only there.
"""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_API = "/_aws/execute-api/"
_KEY = b"x-front-door"


class Guard:
    """ASGI middleware in front of the engine; `port` is the engine's own."""

    def __init__(self, app: ASGIApp, *, port: int, front_door_key: str) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}
        self._key = front_door_key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http" and self._from_front_door(scope):
            kept = [header for header in scope["headers"] if header[0] != _KEY]
            await self._app({**scope, "headers": kept}, receive, send)
        elif scope["type"] == "http" and self._from_a_tool(dict(scope["headers"])):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await JSONResponse({"message": "Web pages may not reach the engine"}, 403)(
                scope, receive, send
            )
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _from_front_door(self, scope: Scope) -> bool:
        path: str = scope["path"]
        return path.startswith(_API) and (_KEY, self._key) in scope["headers"]

    def _from_a_tool(self, headers: dict[bytes, bytes]) -> bool:
        a_page = b"origin" in headers or headers.get(b"sec-fetch-site", b"none") != b"none"
        return headers.get(b"host") in self._hosts and not a_page

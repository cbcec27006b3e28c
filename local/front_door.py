"""The API on its public port: a thin reverse proxy to the engine's API Gateway.

It does what API Gateway does in front of the functions on AWS: adds `X-Forwarded-*`, drops
hop-by-hop headers, and passes everything else through as it came.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import anyio
import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    b"transfer-encoding upgrade".split()
)
_OURS = frozenset(
    b"host x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-front-door".split()
)
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=64)
_TIMEOUT = httpx.Timeout(30)
_Headers = list[tuple[bytes, bytes]]


class FrontDoor:
    """`at_once` bounds the requests inside: the engine starts one process for each.

    It forwards with a bare transport: a client would keep one caller's cookies for the next.
    """

    def __init__(self, *, engine_url: str, api_id: str, key: str, at_once: int) -> None:
        self._engine = httpx.URL(engine_url)
        self._prefix = f"/_aws/execute-api/{api_id}".encode()
        self._key = key.encode()
        self._at_once = at_once

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """One connection pool for as long as the server lives."""
        self._inside = anyio.Semaphore(self._at_once)
        async with httpx.AsyncHTTPTransport(limits=_LIMITS, trust_env=False) as self._onward:
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: one request in, one out, one answer back."""
        request = Request(scope, receive)
        async with self._inside:
            response = await self._forward(request)
            await response(scope, receive, send)

    async def _forward(self, request: Request) -> Response:
        target = self._engine.copy_with(raw_path=self._prefix + _path_and_query(request))
        onward = httpx.Request(
            request.method,
            target,
            headers=self._request_headers(request),
            content=_body(request),
            extensions={"timeout": _TIMEOUT.as_dict()},
        )
        try:
            answer = await self._onward.handle_async_request(onward)
        except ClientDisconnect:
            return Response(status_code=400)
        except httpx.HTTPError:
            return JSONResponse({"message": "Service Unavailable"}, status_code=503)
        response = StreamingResponse(_body_of(answer), answer.status_code)
        response.raw_headers = _end_to_end(answer.headers.raw)
        return response

    def _request_headers(self, request: Request) -> _Headers:
        incoming = request.headers.raw
        seen_host = request.headers.get("host", "").encode()
        client = request.client.host if request.client else "127.0.0.1"
        before = request.headers.get("x-forwarded-for")
        kept = [header for header in _end_to_end(incoming) if header[0] not in _OURS]
        return [
            *kept,
            (b"host", self._engine.netloc),
            (b"x-forwarded-for", (f"{before}, {client}" if before else client).encode()),
            (b"x-forwarded-host", seen_host),
            (b"x-forwarded-proto", request.url.scheme.encode()),
            (b"x-forwarded-port", seen_host.rpartition(b":")[2] or b"80"),
            (b"x-front-door", self._key),
        ]


def _path_and_query(request: Request) -> bytes:
    query: bytes = request.scope["query_string"]
    path: bytes = request.scope["raw_path"]
    return path + b"?" + query if query else path


def _body(request: Request) -> AsyncIterator[bytes] | None:
    has_body = "content-length" in request.headers or "transfer-encoding" in request.headers
    return request.stream() if has_body else None


def _end_to_end(headers: _Headers) -> _Headers:
    named = {
        token.strip().lower()
        for name, value in headers
        if name.lower() == b"connection"
        for token in value.split(b",")
    }
    dropped = _HOP_BY_HOP | named
    return [(name.lower(), value) for name, value in headers if name.lower() not in dropped]


async def _body_of(answer: httpx.Response) -> AsyncIterator[bytes]:
    stream = cast(httpx.AsyncByteStream, answer.stream)
    try:
        async for chunk in stream:
            yield chunk
    finally:
        await answer.aclose()


def serve() -> None:
    """Serve until TERM; settings come from the launcher's environment variables."""
    door = FrontDoor(
        engine_url=os.environ["ENGINE_URL"],
        api_id=os.environ["API_ID"],
        key=os.environ["FRONT_DOOR_KEY"],
        at_once=2 + 2 * (os.cpu_count() or 1),
    )
    app = Starlette(routes=[Mount("/", app=door)], lifespan=door.lifespan)
    port = int(os.environ["PORT"])
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        date_header=False,
    )


if __name__ == "__main__":
    serve()

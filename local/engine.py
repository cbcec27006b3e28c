"""The engine's process: ministack behind the guard, on loopback, saved on TERM."""

import asyncio
import importlib
import os
import resource
import signal
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from local import backlog, engine_actions, engine_partiql, engine_preflight
from local.guard import Guard


class _WithBacklog:
    """The engine's app and, beside its own paths, the backlog report."""

    def __init__(self, engine: ASGIApp) -> None:
        self._engine = engine
        self._report = Route(backlog.PATH, backlog.report).handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only the report's own path is ours; the engine sees all others as they came."""
        ours = scope["type"] == "http" and scope["path"] == backlog.PATH
        await (self._report if ours else self._engine)(scope, receive, send)


def _raise_file_limit() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _serve(app: ASGIApp, port: int) -> None:
    told_to_stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.shutdown_timeout = 120
    config.loglevel = "WARNING"
    application: Any = app
    await serve(application, config, shutdown_trigger=told_to_stop.wait)


def main() -> None:
    """Serve until TERM; the functions inherit the environment, so the key leaves it first."""
    key = os.environ.pop("FRONT_DOOR_KEY")
    port = int(os.environ["GATEWAY_PORT"])
    _raise_file_limit()
    engine_partiql.do_as_aws()
    engine_actions.do_as_aws()
    engine_preflight.do_as_aws()
    engine: ASGIApp = importlib.import_module("ministack.app").app
    asyncio.run(_serve(Guard(_WithBacklog(engine), port=port, front_door_key=key), port))


if __name__ == "__main__":
    main()

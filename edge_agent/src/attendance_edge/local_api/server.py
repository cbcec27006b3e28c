"""A web application on its socket, in a thread beside the agent's own work."""

import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from attendance_edge.config import ApiConfig

STOP_SECONDS = 5


class ApiAddressError(Exception):
    """The address in `listen` cannot be had; `str()` says why."""


class LocalServer:
    """Listens from construction on, answers from `start` to `stop`."""

    def __init__(
        self, config: ApiConfig, app: ASGIApp, *, name: str = "api", tells_time: bool = True
    ) -> None:
        """`tells_time` False leaves out the Date header, by which terminals set their clocks."""
        self.name = name
        self._socket = _listen(config, name)
        host, port = self._socket.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        self.url = f"{config.scheme}://{shown}:{port}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                ssl_certfile=config.tls_cert,
                ssl_keyfile=config.tls_key,
                log_config=None,
                log_level="warning",
                access_log=False,
                lifespan="off",
                server_header=False,
                date_header=tells_time,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name=name, daemon=True
        )

    def start(self) -> None:
        """Answer in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being answered, for a few seconds."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(2 * STOP_SECONDS)
        self._socket.close()


def _listen(config: ApiConfig, name: str) -> socket.socket:
    try:
        address = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[4][:2], family=address[0])
    except OSError as error:
        raise ApiAddressError(
            f"[{name}] listen: {config.host}:{config.port} cannot be had "
            f"({error.strerror or error}): another program may hold it; choose another port."
        ) from error

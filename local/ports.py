"""Loopback ports: taken ones are named before anything starts."""

import secrets
import socket

from local.errors import LaunchError

LOWEST, HIGHEST = 20_000, 32_000
"""Below the ports that Linux, macOS and Windows give to outgoing connections: a port that is free
now is free when its server starts."""


def require_free(port: int, *, variable: str, wanted_by: str) -> None:
    """Raise LaunchError that names the port and the variable to set, if `port` is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            other = port + 10_000 if port < 50_000 else port - 10_000
            raise LaunchError(
                f"port {port} for {wanted_by} is taken by another program: stop that, or choose "
                f"another port, for example: make up {variable}={other}"
            ) from taken


def free_ports(count: int) -> list[int]:
    """Ports that nobody has for TCP or UDP at this moment, all different."""
    found: set[int] = set()
    while len(found) < count:
        found.update(free_run(1))
    return list(found)


def free_run(count: int) -> list[int]:
    """`count` ports in a row that nobody has for TCP or UDP at this moment."""
    for _ in range(100):
        first = LOWEST + secrets.randbelow(HIGHEST - LOWEST - count)
        ports = list(range(first, first + count))
        if all(_is_free(port) for port in ports):
            return ports
    raise LaunchError(f"no {count} free ports in a row between {LOWEST} and {HIGHEST}")


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True

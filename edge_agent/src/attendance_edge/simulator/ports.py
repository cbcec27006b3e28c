"""Ports that the simulator asks for, and cannot always have."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


class PortTakenError(OSError):
    """A port that is wanted cannot be had; `str()` is one sentence."""


@contextmanager
def wanted_port(host: str, port: int, option: str) -> Iterator[None]:
    """Turns a failure to listen into a PortTakenError that names port and `option`."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PortTakenError(
            f"Port {port} on {host} cannot be had ({reason}): another program may hold it; "
            f"choose another with {option}."
        ) from error

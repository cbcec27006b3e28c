"""What happened at a site, as JSON lines from everybody who took part.

`type` is invoke, ok, fail, or info for an outcome that is unknown to whoever wrote the line.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from attendance_edge.outbox import PunchRow

Punch = tuple[str, str, str, int, int]
"""Device id, user id, wall time, status and code: what makes a punch the same punch."""


@dataclass(frozen=True)
class Event:
    """`t` is seconds of the machine's monotonic clock, the same for all its processes."""

    t: float
    process: str
    type: str
    op: str
    args: Any = None
    result: Any = None


class History:
    """One process's part of the history; every line is written before `add` returns."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lock = threading.Lock()

    def add(self, process: str, kind: str, op: str, args: Any = None, result: Any = None) -> None:
        with self._lock:
            event = Event(self.now(), process, kind, op, args, result)
            os.write(self._handle, json.dumps(asdict(event)).encode() + b"\n")

    def now(self) -> float:
        return monotonic()

    def close(self) -> None:
        os.close(self._handle)


def load(paths: Iterable[Path]) -> list[Event]:
    """All parts in order of time; the line that a kill cut short is left out."""
    events = [
        Event(**json.loads(line))
        for path in paths
        for line in path.read_bytes().split(b"\n")
        if line.endswith(b"}")
    ]
    return sorted(events, key=lambda event: event.t)


def punch_of(device_id: str, row: PunchRow) -> Punch:
    return device_id, row.user_id, row.timestamp, row.status, row.punch


def punches(listed: Iterable[Iterable[Any]]) -> list[Punch]:
    """As they come out of JSON."""
    return [(str(d), str(u), str(at), int(s), int(p)) for d, u, at, s, p in listed]

"""What a process is doing now, where another one can read it after a kill."""

from __future__ import annotations

import mmap
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHASES = (
    "started",
    "opening the outbox",
    "reading a terminal",
    "people locked out",
    "keeping raw bytes",
    "storing punches",
    "posting a batch",
    "settling a receipt",
    "killed at a failpoint",
)


class Board:
    """A byte a phase, which counts the threads that are in it."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(len(PHASES)))
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), len(PHASES))
        self._lock = threading.Lock()

    def wipe(self) -> None:
        self._bytes[:] = bytes(len(PHASES))

    def count(self, phase: str, by: int) -> None:
        with self._lock:
            place = PHASES.index(phase)
            self._bytes[place] = max(0, self._bytes[place] + by)

    @contextmanager
    def within(self, phase: str) -> Iterator[None]:
        self.count(phase, 1)
        try:
            yield
        finally:
            self.count(phase, -1)

    def busy(self) -> list[str]:
        """The phases with somebody in them."""
        return [phase for phase, count in zip(PHASES, self._bytes[:], strict=True) if count]

    def close(self) -> None:
        self._bytes.close()

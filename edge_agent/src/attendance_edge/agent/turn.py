"""Whose turn it is to talk with a terminal."""

import threading


class Turn:
    """A lock that knows whether somebody waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = 0
        self._counting = threading.Lock()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits."""
        return self._waiting > 0

    def take(self, seconds: float) -> bool:
        """Wait for the turn, `seconds` at most; False when it did not come."""
        self._count(1)
        try:
            return self._lock.acquire(timeout=seconds)
        finally:
            self._count(-1)

    def give(self) -> None:
        """Let the next one have it."""
        self._lock.release()

    def _count(self, by: int) -> None:
        with self._counting:
            self._waiting += by

"""One thread with one event loop for every emulated terminal of this process."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 10.0


class BackgroundLoop:
    """Starts with its first user and ends with its last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def acquire(self) -> None:
        """One more user."""
        with self._lock:
            self._users += 1
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="emulated-terminals", daemon=True
                )
                self._thread.start()

    def release(self) -> None:
        """One user less."""
        with self._lock:
            self._users -= 1
            if self._users or self._loop is None or self._thread is None:
                return
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE_SECONDS)
            self._loop.close()
            self._loop = self._thread = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of a coroutine run on the loop."""
        if self._loop is None:
            work.close()
            raise RuntimeError("the emulated terminal is not running")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)

    def call(self, function: Callable[[], T]) -> T:
        """The result of a plain function run on the loop."""

        async def work() -> T:
            return function()

        return self.run(work())


SHARED = BackgroundLoop()

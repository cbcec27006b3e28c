"""Virtual time: nothing waits, and what happens by itself happens when its moment has come."""

from __future__ import annotations

import heapq
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

AGENT, SIMULATOR = "attendance_edge.", "attendance_edge.simulator."


class Clock:
    """`seconds` since the simulated day began; `agent_error` is what the agent's machine adds.

    The machine's monotonic clock is right whatever its wall clock shows.
    """

    def __init__(self) -> None:
        self.begin(datetime(2026, 3, 2, tzinfo=UTC))

    def begin(self, start: datetime) -> None:
        self.start = start
        self.seconds = 0.0
        self.agent_error = timedelta(0)
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    def agents_now(self) -> datetime:
        return self.now() + self.agent_error

    def at(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (seconds, next(self._numbers), action))

    def spend(self, seconds: float) -> None:
        until = self.seconds + max(0.0, seconds)
        while self._due and self._due[0][0] <= until:
            when, _, action = heapq.heappop(self._due)
            self.seconds = max(self.seconds, when)
            action()
        self.seconds = max(self.seconds, until)


def install(clock: Clock) -> None:
    """From now on no module of the agent or of the emulated terminals sees another clock.

    For a process of its own: it cannot be taken back.
    """
    agents, terminals = _shows(clock.agents_now), _shows(clock.now)
    replaced = {"monotonic": lambda: clock.seconds, "sleep": clock.spend}
    for name, module in list(sys.modules.items()):
        if not name.startswith(AGENT):
            continue
        if getattr(module, "datetime", None) is datetime:
            module.datetime = terminals if name.startswith(SIMULATOR) else agents  # type: ignore[attr-defined]
        for function, virtual in replaced.items():
            if getattr(module, function, None) is getattr(time, function):
                setattr(module, function, virtual)
        if getattr(module, "time", None) is time:
            module.time = SimpleNamespace(  # type: ignore[attr-defined]
                time=lambda: clock.now().timestamp(), **replaced
            )


def _shows(now: Callable[[], datetime]) -> type[datetime]:
    class Shown(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now().astimezone(tz) if tz else now().replace(tzinfo=None)

    return Shown

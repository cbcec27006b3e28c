"""The history of a simulated day, in memory and in virtual time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.edge.proof.history import Event

if TYPE_CHECKING:
    from tests.edge.simulation.clock import Clock

SHORTEST_SECONDS = 1e-6
"""Two things of one moment still have an order."""


class Diary:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.events: list[Event] = []

    def add(self, process: str, kind: str, op: str, args: Any = None, result: Any = None) -> None:
        self.events.append(Event(self.now(), process, kind, op, args, result))

    def now(self) -> float:
        last = self.events[-1].t if self.events else 0.0
        return max(self._clock.seconds, last + SHORTEST_SECONDS)

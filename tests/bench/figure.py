"""A measured figure and the bound it has to keep."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`at_most` or `at_least` is the bound; figures without one are for the reader.

    `peer` is what the design beside which this is measured comes to, in the same unit.
    """

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    peer: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the figure keeps its bound."""
        above = self.at_least is None or self.value >= self.at_least
        return above and (self.at_most is None or self.value <= self.at_most)

    @property
    def bound(self) -> str:
        """The bound in words."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""

    @property
    def share(self) -> float | None:
        """How much of the bound is used, 1 at most while it is kept; None without a bound."""
        if self.at_most:
            return self.value / self.at_most
        return self.at_least / self.value if self.at_least and self.value else None


def wall_seconds(work: Callable[[], Any], rounds: int = 3) -> float:
    """The median wall time of a few rounds."""
    return median(_timed(work, time.perf_counter) for _ in range(rounds))


def cpu_seconds(work: Callable[[], Any], rounds: int = 3) -> float:
    """The median CPU time of this process over a few rounds."""
    return median(_timed(work, time.process_time) for _ in range(rounds))


def _timed(work: Callable[[], Any], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began

"""`python -m tests.edge.simulation FIRST [COUNT [MODE]]`: so many virtual days, one a seed.

Prints a line of JSON for each seed that breaks something, and one for all of them at the end. The
same seed is the same day: run it alone to see it again. With `defects`, so many days at most for
each planted defect, until it is seen; with `histories`, a mark of what happened on each day.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

import attendance_edge.agent.service  # noqa: F401 - every module of the agent, for the clock
from tests.edge.simulation import clock as virtual
from tests.edge.simulation import doubles
from tests.edge.simulation.day import Day, Verdict
from tests.edge.simulation.defects import DEFECTS
from tests.edge.simulation.machine import Machine

MEMORY = Path("/dev/shm")


class Calendar:
    """Days one after the other, in this process."""

    def __init__(self, folder: Path) -> None:
        self._clock = virtual.Clock()
        self._today = doubles.Today()
        self._machine = Machine(folder)
        doubles.install(self._today)
        virtual.install(self._clock)

    def day(self, seed: int) -> Verdict:
        self._today.day = Day(seed, self._clock, self._machine)
        return self._today.day.pass_by()


def simulate(calendar: Calendar, first: int, count: int) -> int:
    """0 when every day kept every invariant, 1 otherwise."""
    struck: Counter[str] = Counter()
    punches = failures = 0
    for seed in range(first, first + count):
        verdict = calendar.day(seed)
        struck.update(verdict.struck)
        punches += verdict.punches
        if verdict.broken:
            failures += 1
            print(json.dumps({"seed": seed, "broken": verdict.broken}), flush=True)
    print(json.dumps({"days": count, "punches": punches, "failures": failures, "struck": struck}))
    return 1 if failures else 0


def tell_apart(calendar: Calendar, first: int, count: int) -> int:
    """A line for each day, which is the same only for the same history."""
    for seed in range(first, first + count):
        verdict = calendar.day(seed)
        print(json.dumps({"seed": seed, "history": verdict.history}))
    return 0


def try_defects(calendar: Calendar, first: int, count: int) -> int:
    """A line for each planted defect: on which day it was seen, and what it broke."""
    for plant in DEFECTS:
        found: set[str] = set()
        seed = first
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            while DEFECTS[plant] not in found and seed < first + count:
                found |= calendar.day(seed).broken.keys()
                seed += 1
        print(json.dumps({"defect": plant.__name__, "days": seed - first, "broke": sorted(found)}))
    return 0


def main(first: int, count: int = 1, mode: str = "") -> int:
    memory = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        calendar = Calendar(Path(folder))
        return MODES[mode](calendar, first, count)


MODES = {"": simulate, "histories": tell_apart, "defects": try_defects}


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:]))

"""`python -m tests.soak [minutes] [seed]`: kills, faults and simulated days, invariants held.

What CI does with 120 kills (tests/edge/proof) and 60 days (tests/edge/simulation), for as long as
you like. Site after site: terminals take punches all the time while the agent is killed at random
and at named points, terminals hang, drop or refuse, and the service's answers are lost or spoilt.
Beside it day after day in virtual time, each by a number that shows it again alone. Every history
must keep I1 to I4 and I14 to I16. The seed throws the same dice again.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.edge.proof.agent_life import FAILPOINTS
from tests.edge.proof.campaign import AT_RANDOM, EARLY, load_agents_program, under_fire
from tests.edge.proof.checker import broken
from tests.edge.simulation.process import simulated

ENDS = [*FAILPOINTS, *[EARLY] * 6, *[AT_RANDOM] * 22]
DAYS_TOGETHER = 25


class Soak:
    """`failures` counts the sites and the days that broke an invariant."""

    def __init__(self, minutes: float, seed: str) -> None:
        self._ends = time.monotonic() + minutes * 60
        self._seed = seed
        self.failures = 0

    def sites(self) -> None:
        """Until the time is up."""
        kills = 0
        while time.monotonic() < self._ends:
            with tempfile.TemporaryDirectory() as folder:
                site = under_fire(Path(folder) / "site", f"{self._seed} {kills}", ENDS)
                found = broken(site.events())
            kills += site.kills
            bad = {name: shown[:3] for name, shown in found.items()} or "all kept"
            self._tell(f"{kills} kills, {site.made} punches at the last site: {bad}", bool(found))

    def days(self) -> None:
        """Until the time is up."""
        first = random.Random(self._seed).randrange(10**9)
        past = punches = 0
        while time.monotonic() < self._ends:
            *failed, total = simulated(first + past, DAYS_TOGETHER)
            past += DAYS_TOGETHER
            punches += total["punches"]
            bad = {one["seed"]: one["broken"] for one in failed} or "all kept"
            self._tell(f"{past} days, {punches} punches of simulation: {bad}", len(failed))

    def _tell(self, what: str, failures: int) -> None:
        self.failures += failures
        print(f"seed {self._seed}: {what}", flush=True)


def main() -> int:
    """0 when every site and every day kept the invariants, 1 otherwise."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.SystemRandom().randrange(10**6))
    load_agents_program()
    soak = Soak(minutes, seed)
    with ThreadPoolExecutor(2) as pool:
        for part in [pool.submit(soak.sites), pool.submit(soak.days)]:
            part.result()
    return 1 if soak.failures else 0


if __name__ == "__main__":
    sys.exit(main())

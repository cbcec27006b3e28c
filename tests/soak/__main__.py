"""`python -m tests.soak [minutes] [seed]`: kills and faults, site after site, invariants held.

What CI does with 120 kills (tests/edge/proof), for as long as you like: terminals take punches all
the time while the agent is killed at random and at named points, terminals hang, drop or refuse,
and the service's answers are lost or spoilt. The history of each site must keep I1 to I4 and I14
to I16. The seed throws the same dice again.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.edge.proof.agent_life import FAILPOINTS
from tests.edge.proof.campaign import AT_RANDOM, EARLY, load_agents_program, under_fire
from tests.edge.proof.checker import broken

ENDS = [*FAILPOINTS, *[EARLY] * 6, *[AT_RANDOM] * 22]


def main() -> int:
    """0 when every site kept the invariants, 1 otherwise."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.SystemRandom().randrange(10**6))
    ends = time.monotonic() + minutes * 60
    load_agents_program()
    kills = failures = 0
    while time.monotonic() < ends:
        with tempfile.TemporaryDirectory() as folder:
            site = under_fire(Path(folder) / "site", f"{seed} {kills}", ENDS)
            found = broken(site.events())
        kills += site.kills
        failures += bool(found)
        bad = {name: shown[:3] for name, shown in found.items()} or "all kept"
        print(
            f"seed {seed}: {kills} kills, {site.made} punches at the last site: {bad}", flush=True
        )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

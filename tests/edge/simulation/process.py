"""The simulation in a process of its own, since it replaces clocks and sockets for good."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def simulated(*arguments: object, hash_seed: int = 0) -> list[dict[str, Any]]:
    """What `python -m tests.edge.simulation` said, line by line; RuntimeError if it broke down."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.edge.simulation", *map(str, arguments)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "Traceback" in done.stderr:
        raise RuntimeError(f"the simulation of {arguments} broke down:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]

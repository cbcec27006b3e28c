"""20 times the disk fills up under the outbox and gets room again: nothing lost or doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CYCLES = 20


def test_an_outbox_survives_20_full_disks(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.edge.proof.full_disk", str(tmp_path / "s"), str(CYCLES)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["refusals"] == CYCLES
    assert seen["frees"] >= CYCLES // 2, "the ballast is what lets it drain"
    assert sorted(seen["handed_over"]) == list(range(seen["made"]))

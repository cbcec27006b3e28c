"""The power goes at any moment: what the outbox has said to be stored is there, and no more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FULL, NORMAL = 2, 1


def after_power_cuts(images: int, synchronous: int, seed: str) -> dict[str, int]:
    """What was seen on so many images of the disk at the moment of a cut."""
    command = [sys.executable, "-m", "tests.edge.proof.power_cuts"]
    command += [str(images), str(synchronous), seed]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False
    )
    if "sqlite3_vfs_find" in done.stderr:
        pytest.skip("this Python hides its SQLite library")
    assert done.returncode == 0, done.stderr
    seen: dict[str, int] = json.loads(done.stdout)
    print(seen)
    return seen


@pytest.mark.slow
def test_no_power_cut_takes_what_the_outbox_has_said_to_hold(seed: str) -> None:
    seen = after_power_cuts(5_000, FULL, seed)
    assert (seen["images"], seen["lost"]) == (5_000, 0)
    assert seen["syncs"] > 80


def test_a_weaker_setting_of_the_database_would_be_noticed(seed: str) -> None:
    assert after_power_cuts(200, NORMAL, seed)["lost"] > 20

"""kill -9 at random moments of a real process: what it had said to be durable is there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from attendance_edge.outbox import Outbox, PunchRow
from tests.edge.agent.killable import BATCH, batch

KILLS = 12
SEED = 20260306


def test_after_a_kill_nothing_stored_is_lost_and_nothing_settled_comes_back(
    tmp_path: Path,
) -> None:
    generator = random.Random(SEED)
    stored: set[str] = set()
    settled: set[str] = set()
    following = 0
    for _ in range(KILLS):
        said = _run_and_kill(tmp_path / "s", following, generator.uniform(0.005, 0.12))
        for line in said:
            word, *values = line.split()
            if word == "stored":
                stored.update(str(user) for user in batch(int(values[0])))
                following = int(values[0]) + 1
            elif word == "settled":
                settled.update(values)
        following += 1
        with Outbox(tmp_path / "s", ballast_bytes=1 << 20) as outbox:
            queued = [one.row.user_id for one in outbox.queued(1_000_000)]
            assert len(queued) == len(set(queued)), "nothing twice"
            assert not settled & set(queued), "nothing comes back"
            known = {u for u in stored if not _is_new(outbox, u)}
            assert known == stored, "nothing lost"
            gone = stored - settled - set(queued)
            assert len(gone) <= BATCH, "only the batch settled when the kill struck"
            settled |= gone
    assert len(stored) > KILLS * BATCH, "the process got to work"


def _is_new(outbox: Outbox, user_id: str) -> bool:
    row = PunchRow(user_id, "2026-03-06 09:00:00", 1, 0)
    found = outbox._writer.read(
        lambda db: db.execute(
            "SELECT 1 FROM taken WHERE identity = ?", (row.identity("gate"),)
        ).fetchone()
    )
    return found is None


def _run_and_kill(state_dir: Path, first: int, after: float) -> list[str]:
    command = [sys.executable, "-m", "tests.edge.agent.killable", str(state_dir), str(first)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(after)
        process.kill()
        return process.stdout.read().splitlines()

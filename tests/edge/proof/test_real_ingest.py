"""20 kills of the real agent, uploading to the real service: every punch is in the table, once."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.edge.proof.agent_life import FAILPOINTS
from tests.edge.proof.campaign import AT_RANDOM, load_agents_program, under_fire
from tests.edge.proof.checker import broken
from tests.edge.proof.real_ingest import RealSite

if TYPE_CHECKING:
    from pathlib import Path

    from attendance.bootstrap import Runtime

ENDS = [*FAILPOINTS, *[AT_RANDOM] * 8]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_after_20_kills_and_lost_answers_the_table_holds_every_punch_once(
    parts: Runtime, tmp_path: Path, seed: str
) -> None:
    load_agents_program()
    site = under_fire(tmp_path / "site", seed, ENDS, partial(RealSite, parts=parts))
    events = site.events()
    found = broken(events)
    assert found == {}, json.dumps(found, indent=1)[:5000]
    *_, last = (event for event in events if (event.op, event.type) == ("read", "ok"))
    held = sum(len(door.device.log) for door in site.doors.values())
    lost = [e for e in events if (e.op, e.type) == ("ingest", "fail") and e.args]
    print(f"{site.kills} kills, {held} punches, {len(lost)} batches stored without a good answer")
    assert (site.kills, len(last.result)) == (20, held)
    assert lost

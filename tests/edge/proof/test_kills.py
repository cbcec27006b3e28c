"""120 kills of the real agent, half of them at named points: nothing lost, nothing doubled."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.edge.proof.agent_life import FAILPOINTS
from tests.edge.proof.board import PHASES
from tests.edge.proof.checker import broken
from tests.edge.proof.site import LONGEST_LIFE_SECONDS, Site, load_agents_program

if TYPE_CHECKING:
    from pathlib import Path

SITES = 4
EARLY, AT_RANDOM = "early", "at random"
EARLY_SECONDS = 0.1
KILLS_EARLY = 5
KILLS_AT_RANDOM = 15
KILLS_AT_POINTS = 15


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_under_120_kills_every_invariant_of_a_site_holds(tmp_path: Path, seed: str) -> None:
    load_agents_program()
    with ThreadPoolExecutor(SITES) as pool:
        sites = list(
            pool.map(lambda n: _under_fire(tmp_path / str(n), f"{seed} {n}"), range(SITES))
        )
    kills = sum(site.kills for site in sites)
    caught = sum((site.caught for site in sites), Counter())
    print(f"{kills} kills; what the agent was at: {dict(caught.most_common())}")
    for site in sites:
        found = broken(site.events())
        assert found == {}, json.dumps(found, indent=1)[:5000]
    assert kills == SITES * (KILLS_AT_RANDOM + KILLS_AT_POINTS) == 120
    assert caught["killed at a failpoint"] == SITES * KILLS_AT_POINTS
    assert [phase for phase in PHASES[2:] if not caught[phase]] == []


def _under_fire(folder: Path, seed: str) -> Site:
    """A site after its kills and its recovery; the named points come in an order of its own."""
    folder.mkdir()
    with ExitStack() as stack:
        site = Site(folder, stack, seed)
        ends = [EARLY] * KILLS_EARLY + [AT_RANDOM] * (KILLS_AT_RANDOM - KILLS_EARLY)
        ends += site.random.sample(FAILPOINTS, k=len(FAILPOINTS))
        ends += site.random.choices(FAILPOINTS, k=KILLS_AT_POINTS - len(FAILPOINTS))
        site.random.shuffle(ends)
        for failpoint in ends:
            if failpoint in FAILPOINTS:
                site.kill_at(failpoint)
            else:
                site.kill_at_random(EARLY_SECONDS if failpoint is EARLY else LONGEST_LIFE_SECONDS)
        site.recover()
        return site


def test_an_agent_that_believes_any_answer_would_be_noticed(tmp_path: Path, seed: str) -> None:
    load_agents_program()
    with ExitStack() as stack:
        site = Site(tmp_path, stack, seed)
        site.believe_any_answer()
        site.recover(within=2)
        assert "I4" in broken(site.events())

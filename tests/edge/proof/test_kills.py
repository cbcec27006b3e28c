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
from tests.edge.proof.campaign import AT_RANDOM, EARLY, load_agents_program, under_fire
from tests.edge.proof.checker import broken
from tests.edge.proof.site import Site

if TYPE_CHECKING:
    from pathlib import Path

SITES = 4
ENDS = [*FAILPOINTS, *FAILPOINTS[:3], *[EARLY] * 5, *[AT_RANDOM] * 10]
AT_POINTS = len(FAILPOINTS) + 3


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_under_120_kills_every_invariant_of_a_site_holds(tmp_path: Path, seed: str) -> None:
    load_agents_program()
    with ThreadPoolExecutor(SITES) as pool:
        sites = list(
            pool.map(lambda n: under_fire(tmp_path / str(n), f"{seed} {n}", ENDS), range(SITES))
        )
    kills = sum(site.kills for site in sites)
    caught = sum((site.caught for site in sites), Counter())
    print(f"{kills} kills; what the agent was at: {dict(caught.most_common())}")
    for site in sites:
        found = broken(site.events())
        assert found == {}, json.dumps(found, indent=1)[:5000]
    assert kills == SITES * len(ENDS) == 120
    assert caught["killed at a failpoint"] == SITES * AT_POINTS
    assert [phase for phase in PHASES[2:] if not caught[phase]] == []


def test_an_agent_that_believes_any_answer_would_be_noticed(tmp_path: Path, seed: str) -> None:
    load_agents_program()
    with ExitStack() as stack:
        site = Site(tmp_path, stack, seed)
        site.believe_any_answer()
        site.recover(within=2)
        assert "I4" in broken(site.events())

"""Days of a site in virtual time, each by its seed: whatever goes wrong, every invariant holds."""

from __future__ import annotations

import pytest

from tests.edge.simulation.cloud import REFUSALS, SPOILT
from tests.edge.simulation.defects import DEFECTS
from tests.edge.simulation.fate import STEPS
from tests.edge.simulation.link import FAULTS
from tests.edge.simulation.machine import DAMAGE
from tests.edge.simulation.process import simulated

FIRST, DAYS = 1, 60
MOST_DAYS_UNTIL_SEEN = 40
MUST_STRIKE = {
    "killed: waiting",
    *(f"killed: {step}" for step in STEPS),
    *(f"the line {what}" for what in ("hangs", "cuts", "resets", "is slow")),
    *(f"the terminal: {name}" for switches in FAULTS for name in switches),
    *(f"the service: {what}" for what in (*REFUSALS, "401 for the agent's clock")),
    *(f"an answer: {what}" for what in SPOILT),
    *(f"the outbox is damaged: {how}" for how in DAMAGE),
    "the terminal is unreachable",
    "a request is lost",
    "an answer is lost",
    "an answer comes twice",
    "the disk is full",
    "a clock jumps",
    "a log is cleared",
    "a conversation during a handover",
    "a handover during a conversation",
}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_simulated_day_keeps_every_invariant() -> None:
    *broken, total = simulated(FIRST, DAYS)
    print(total)
    assert broken == []
    assert (total["days"], total["failures"]) == (DAYS, 0)
    assert total["punches"] > DAYS * 3 * 100
    assert sorted(MUST_STRIKE - total["struck"].keys()) == []


def test_the_same_seed_is_the_same_day() -> None:
    assert simulated(7, 2, "histories") == simulated(7, 2, "histories", hash_seed=1)


@pytest.mark.slow
def test_every_planted_defect_is_seen_on_some_day() -> None:
    seen = {one["defect"]: one for one in simulated(FIRST, MOST_DAYS_UNTIL_SEEN, "defects")}
    assert list(seen) == [plant.__name__ for plant in DEFECTS]
    for plant, breaks in DEFECTS.items():
        assert breaks in seen[plant.__name__]["broke"], seen[plant.__name__]

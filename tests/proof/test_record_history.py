"""The checker of records is checked: each spoilt history breaks the invariant it is spoilt in."""

from dataclasses import replace

import pytest

from attendance.adapters.items.seat_item import seat_to_item
from tests.contract.test_seat_store import NINE, a_seat, a_verdict
from tests.proof.record_history import FAIL, OK, Told, broken

ARRIVAL = {"id": "a", "direction": "in", "at": "2026-03-06T09:00:00.000Z", "actor": "user:u1"}
LEAVING = {**ARRIVAL, "id": "b", "direction": "out", "at": "2026-03-06T17:00:00.000Z"}
THERE = a_seat(verdict=a_verdict(), record_version=1, actions=(ARRIVAL,), revision=1)
GONE = replace(
    THERE,
    verdict=replace(a_verdict(), check_out=NINE.replace(hour=17)),
    record_version=2,
    actions=(ARRIVAL, LEAVING),
    revision=2,
)
DAY = (a_seat(), THERE, GONE)
TOLD = (
    Told(user_id="u1", evidence="in", outcome=OK, record_version=1),
    Told(user_id="u1", evidence="out", outcome=OK, record_version=2),
)


def committed(*states):
    images = [
        {**seat_to_item(seat).serialize(), "revision": {"N": str(seat.revision + 1)}}
        for seat in states
    ]
    return [{"dynamodb": {"NewImage": image}} for image in images]


def test_a_good_history_breaks_nothing():
    assert list(broken(committed(*DAY), TOLD)) == []


@pytest.mark.parametrize(
    ("states", "told", "found"),
    [
        ((*DAY, replace(GONE, actions=(*GONE.actions, LEAVING), revision=3)), TOLD, "I5"),
        ((a_seat(), THERE, replace(GONE, record_version=3)), TOLD, "I6"),
        ((a_seat(), THERE, replace(GONE, record_version=1)), TOLD, "I6"),
        ((a_seat(), THERE, replace(GONE, revision=1)), TOLD, "I6"),
        ((replace(THERE, record_version=2),), TOLD[:1], "I6"),
        (DAY[:2], TOLD, "I7"),
        (DAY, (TOLD[0], replace(TOLD[1], outcome=FAIL)), "I7"),
        (DAY, (*TOLD, replace(TOLD[0], outcome=FAIL, word="errMsg_alreadyCheckedIn")), "I7"),
    ],
)
def test_a_spoilt_history_breaks_its_invariant(states, told, found):
    assert [line[:2] for line in broken(committed(*states), told)] == [found]

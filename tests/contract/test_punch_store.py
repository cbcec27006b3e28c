"""What every table has to do for punches."""

from datetime import UTC, datetime

from attendance.identity import CompanyId
from attendance.model.punch import PunchOutcome, StoredPunch

ACME = CompanyId("acme")


def a_punch(timestamp: str = "2026-03-06 09:15:23", **changes) -> StoredPunch:
    values = {
        "company_id": "acme",
        "device_id": "principal",
        "user_id": "5",
        "timestamp": timestamp,
        "status": 1,
        "punch": 0,
        "uid": 7,
        "log_index": 3,
        "received_at": datetime(2026, 3, 6, 9, 16, tzinfo=UTC),
        "agent_id": "acme_a",
        "batch_id": "b1",
        "request_id": "r1",
    }
    return StoredPunch(**(values | changes))


def test_a_punch_stored_twice_is_one_punch(parts):
    batch = [a_punch(f"2026-03-06 09:{minute:02d}:00") for minute in range(60)]
    assert parts.punches.insert(batch[:40]) == [True] * 40
    assert parts.punches.insert(batch) == [False] * 40 + [True] * 20
    stored = parts.punches.of_number(ACME, "5", "2026-03-06 00:00:00", "2026-03-06 23:59:59")
    assert stored == batch


def test_every_part_of_the_identity_makes_another_punch(parts):
    punches = [
        a_punch(),
        a_punch(device_id="bodega"),
        a_punch(user_id="05"),
        a_punch(user_id="#5/ñ %"),
        a_punch(status=15),
        a_punch(punch=1),
        a_punch("2026-03-06 09:15:24"),
        a_punch(company_id="acme2"),
    ]
    assert parts.punches.insert(punches) == [True] * 8
    page, following = parts.punches.newest(ACME, day="2026-03-06", limit=100)
    assert len(page) == 7
    assert following is None
    assert parts.punches.of_number(ACME, "#5/ñ %", "2026", "2027") == [punches[3]]


def test_an_outcome_is_noted_beside_the_punch(parts):
    parts.punches.insert([a_punch()])
    parts.punches.set_outcome(
        a_punch(), PunchOutcome(outcome="applied", user_id="u1", shift_id="s1")
    )
    parts.punches.set_outcome(
        a_punch(), PunchOutcome(outcome="unmatched", user_id=None, shift_id=None)
    )
    (stored,) = parts.punches.of_number(ACME, "5", "2026", "2027")
    assert stored.outcome == PunchOutcome(outcome="unmatched", user_id=None, shift_id=None)
    assert parts.punches.insert([a_punch()]) == [False]

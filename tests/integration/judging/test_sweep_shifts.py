"""The sweep on a real table: automatic absences, missing check-outs, and what holds them back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from attendance.adapters.items import seat_item
from attendance.identity import CompanyId
from attendance.services.due_seats import swept_since
from attendance.services.sweep_shifts import sweep_shifts
from judge_attendance.app import lambda_handler
from tests.table_calls import table_calls

ACME = CompanyId("acme")
CONTEXT = SimpleNamespace(aws_request_id="r")
WINDOW_END = datetime(2026, 3, 6, 21, tzinfo=UTC)
AFTER = WINDOW_END.replace(hour=22, minute=1)


def settle(company) -> None:
    for _ in range(4):
        if not (records := company.changes()):
            return
        lambda_handler({"Records": records}, CONTEXT)


def reported(company, device, watermark: str) -> None:
    stored = company.parts.directory.member(ACME, "DEVICE", device.member_id)
    body = {**stored.body, "health": {"ok": True, "watermark": watermark}}
    company.parts.directory.save_member(replace(stored, body=body))


def test_nobody_is_swept_before_the_window_and_its_delay_are_over(company):
    company.person()
    company.seat()
    settle(company)
    assert sweep_shifts(company.parts, AFTER.replace(minute=0), "r") == 0
    assert company.record().verdict is None


def test_a_person_without_evidence_is_absent_after_the_window_and_its_delay(company):
    company.person()
    company.seat()
    settle(company)
    assert sweep_shifts(company.parts, AFTER, "r") == 1
    seat = company.record()
    assert (seat.verdict.status, seat.verdict.details["flags"]) == ("absent", ["autoAbsent"])
    assert (seat.change.kind, seat.change.actor) == ("markedAbsent", "sweep")


def test_a_second_sweep_changes_nothing(company):
    company.person()
    company.seat()
    settle(company)
    sweep_shifts(company.parts, AFTER, "r")
    before = company.record()
    assert sweep_shifts(company.parts, AFTER.replace(minute=30), "r") == 0
    assert company.record().revision == before.revision


def test_nobody_is_absent_while_a_terminal_of_the_site_has_not_reported(company):
    company.person()
    gate = company.device()
    company.seat()
    reported(company, gate, "2026-03-06T20:59:00.000Z")
    settle(company)
    sweep_shifts(company.parts, AFTER, "r")
    seat = company.record()
    assert seat.verdict.status == "pending"
    assert seat.verdict.details["awaitingDevice"] == "gate"
    assert sweep_shifts(company.parts, AFTER.replace(minute=9), "r") == 0
    reported(company, gate, "2026-03-06T21:00:01.000Z")
    assert sweep_shifts(company.parts, AFTER.replace(minute=10), "r") == 1
    assert company.record().verdict.status == "absent"


def test_a_silent_terminal_holds_an_absence_back_for_a_day_at_most(company):
    company.person()
    company.device()
    company.seat()
    settle(company)
    sweep_shifts(company.parts, AFTER, "r")
    assert company.record().verdict.status == "pending"
    sweep_shifts(company.parts, AFTER.replace(day=7, minute=30), "r")
    assert company.record().verdict.status == "absent"


def test_a_forgotten_check_out_is_closed_at_the_end_of_the_shift(company):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 08:58:00")
    settle(company)
    sweep_shifts(company.parts, AFTER, "r")
    verdict = company.record().verdict
    assert (verdict.status, verdict.check_out) == ("present", WINDOW_END.replace(hour=17))
    assert verdict.details["flags"] == ["missingCheckOut", "autoClosed"]


def test_a_punch_that_arrives_after_the_sweep_replaces_the_absence(company):
    company.person()
    company.device()
    company.seat()
    settle(company)
    sweep_shifts(company.parts, AFTER.replace(day=7, minute=30), "r")
    assert company.record().verdict.status == "absent"
    company.punch("2026-03-06 08:58:00")
    settle(company)
    seat = company.record()
    assert seat.verdict.status == "present"
    assert seat.change.cause == "latePunch"


def test_the_terminal_that_is_named_is_one_that_is_still_silent(company):
    company.person()
    east, _west = company.device("east"), company.device("west")
    company.seat()
    settle(company)
    sweep_shifts(company.parts, AFTER, "r")
    assert company.record().verdict.details["awaitingDevice"] == "east"
    reported(company, east, "2026-03-06T21:00:01.000Z")
    assert sweep_shifts(company.parts, AFTER.replace(minute=10), "r") == 1
    assert company.record().verdict.details["awaitingDevice"] == "west"


def test_who_waits_for_a_silent_terminal_costs_a_sweep_no_judging(company):
    company.person()
    company.device()
    company.seat()
    settle(company)
    sweep_shifts(company.parts, AFTER, "r")
    held = company.record()
    sweep_shifts(company.parts, AFTER.replace(minute=2), "r")
    with table_calls() as calls:
        assert sweep_shifts(company.parts, AFTER.replace(minute=3), "r") == 0
    assert not {"PutItem", "UpdateItem", "TransactWriteItems"} & set(calls)
    assert company.record().revision == held.revision


def test_a_roster_entered_years_late_is_swept_at_the_next_minute(company):
    company.person()
    long_ago = date(2019, 3, 8)
    company.seat(day=long_ago)
    settle(company)
    assert sweep_shifts(company.parts, AFTER, "r") == 1
    assert company.record(day=long_ago).verdict.status == "absent"


def coming_shift(company, user_id: str = "ann") -> datetime:
    """A shift of a coming day, known before it is due; the instant its window is over (UTC)."""
    day = datetime.now(UTC).date() + timedelta(days=3)
    company.person(user_id, (user_id,))
    company.seat(day=day, user_id=user_id)
    settle(company)
    return datetime(day.year, day.month, day.day, 21, tzinfo=UTC)


def test_what_fell_due_while_the_sweep_was_down_is_found_however_long_that_was(company):
    window_end = coming_shift(company)
    assert sweep_shifts(company.parts, window_end, "r") == 0
    after = window_end + timedelta(days=8, minutes=1)
    assert sweep_shifts(company.parts, after, "r") == 1
    assert company.record(day=window_end.date()).verdict.status == "absent"
    assert swept_since(company.parts, after) < window_end + timedelta(hours=2)
    sweep_shifts(company.parts, after, "r")
    assert swept_since(company.parts, after) == after - timedelta(hours=2, minutes=1)


def test_a_sweep_with_nothing_due_reads_the_last_hours_only(company):
    now = coming_shift(company)
    sweep_shifts(company.parts, now, "r")
    with table_calls() as calls:
        assert sweep_shifts(company.parts, now + timedelta(minutes=1), "r") == 0
    assert len(calls) < 8


def broken_seat(company, user_id: str, day: date) -> None:
    """A seat with a decision that nobody can read."""
    seat = company.record(day=day, user_id=user_id)
    company.parts.seats.save(replace(seat, decisions=({"kind": "correct"},)))
    company.changes()


def test_who_cannot_be_judged_is_put_aside_and_holds_nobody_up(company):
    for user_id in ("bob", "zoe"):
        company.person(user_id, (user_id,))
        company.seat(user_id=user_id)
    settle(company)
    broken_seat(company, "bob", date(2026, 3, 6))
    assert sweep_shifts(company.parts, AFTER, "r") == 2
    assert company.record(user_id="zoe").verdict.status == "absent"
    (parked,) = company.parts.table.query_all("C#acme#PARKED")
    assert "KeyError" in parked["body"]["S"]
    company.parts.seats.save(replace(company.record(user_id="bob"), decisions=()))
    assert sweep_shifts(company.parts, AFTER.replace(minute=2), "r") == 1
    assert company.record(user_id="bob").verdict.status == "absent"


def test_who_cannot_be_judged_for_days_makes_no_sweep_read_all_hours_since(company, monkeypatch):
    window_end = coming_shift(company, "bob")
    broken_seat(company, "bob", window_end.date())
    after = window_end + timedelta(hours=1, minutes=1)
    assert sweep_shifts(company.parts, after, "r") == 1
    monkeypatch.setattr(seat_item, "OVERDUE", timedelta(days=-30))
    assert sweep_shifts(company.parts, after + timedelta(days=2), "r") == 1
    sweep_shifts(company.parts, after + timedelta(days=2, minutes=1), "r")
    with table_calls() as calls:
        assert sweep_shifts(company.parts, after + timedelta(days=2, minutes=2), "r") == 1
    assert calls.count("Query") < 20

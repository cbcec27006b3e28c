"""The sweep on a real table: automatic absences, missing check-outs, and what holds them back."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

from attendance.identity import CompanyId
from attendance.services.sweep_shifts import sweep_shifts
from judge_attendance.app import lambda_handler

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
    reported(company, gate, "2026-03-06T21:00:01.000Z")
    sweep_shifts(company.parts, AFTER.replace(minute=10), "r")
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


def test_a_shift_of_the_days_before_is_found_at_any_minute(company):
    company.person()
    company.seat()
    settle(company)
    assert sweep_shifts(company.parts, AFTER.replace(day=9), "r") == 1
    assert company.record().verdict.status == "absent"


def test_a_shift_that_was_due_weeks_ago_is_found_at_the_next_full_hour(company):
    company.person()
    company.seat()
    settle(company)
    three_weeks_on = AFTER.replace(day=27)
    assert sweep_shifts(company.parts, three_weeks_on, "r") == 0
    assert sweep_shifts(company.parts, three_weeks_on.replace(minute=0), "r") == 1
    assert company.record().verdict.status == "absent"

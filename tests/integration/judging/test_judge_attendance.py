"""The stream's changes go in, records come out: the function that judges, on a real table."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from attendance.identity import CompanyId
from judge_attendance.app import lambda_handler

ACME = CompanyId("acme")

CONTEXT = SimpleNamespace(aws_request_id="r-lambda")


def judge(company) -> None:
    """Feed changes until the judging itself changes nothing more."""
    for _ in range(4):
        records = company.changes()
        if not records:
            return
        lambda_handler({"Records": records}, CONTEXT)
    raise AssertionError("the stream does not come to rest")


def test_a_punch_becomes_a_record(company):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 09:04:10")
    judge(company)
    seat = company.record()
    assert (seat.verdict.status, seat.verdict.late_by_minutes) == ("late", 4)
    assert seat.verdict.check_in == datetime(2026, 3, 6, 9, 4, 10, tzinfo=UTC)
    assert seat.record_version == 1
    assert (seat.change.kind, seat.change.actor) == ("checkedIn", "device:gate")
    assert seat.change.request_id == "r-punch"


def test_a_check_out_punch_closes_the_record_and_adds_one_version(company):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 08:55:00")
    judge(company)
    company.punch("2026-03-06 16:30:00", code=1)
    judge(company)
    seat = company.record()
    assert (seat.verdict.status, seat.record_version) == ("leftEarly", 2)
    assert seat.verdict.details["earlyLeaveMinutes"] == 30
    assert seat.change.kind == "checkedOut"


def test_judging_the_same_changes_again_writes_nothing(company):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 08:55:00")
    records = company.changes()
    for _ in range(3):
        lambda_handler({"Records": records}, CONTEXT)
    before = company.record()
    assert before.record_version == 1
    lambda_handler({"Records": records}, CONTEXT)
    assert company.record().revision == before.revision


def test_an_unknown_number_waits_and_comes_alive_when_a_person_gets_it(company):
    company.device()
    company.punch("2026-03-06 08:55:00", number="77")
    judge(company)
    (waiting,) = company.parts.punches.newest(ACME, day="2026-03-06", limit=5)[0]
    assert waiting.outcome.outcome == "unknownUser"
    company.seat()
    company.person(numbers=("77",))
    judge(company)
    assert company.record().verdict.status == "present"


def test_punches_of_a_terminal_nobody_approved_wait_for_a_persons_word(company):
    company.person()
    device = company.device(approved=False, isNew=True)
    company.seat()
    company.punch("2026-03-06 08:55:00")
    judge(company)
    assert company.record().verdict is None
    approve(company, device)
    judge(company)
    assert company.record().verdict.status == "present"


def test_a_punch_that_arrives_late_corrects_the_record_and_says_why(company):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 10:30:00")
    judge(company)
    assert company.record().verdict.late_by_minutes == 90
    company.punch("2026-03-06 08:50:00")
    judge(company)
    seat = company.record()
    assert (seat.verdict.late_by_minutes, seat.record_version) == (0, 2)
    assert seat.change.cause == "latePunch"


def test_an_overnight_shift_owns_the_morning_after(company):
    company.person()
    company.device()
    company.seat(start="22:00", end="06:00")
    company.punch("2026-03-06 21:55:00")
    company.punch("2026-03-07 06:02:00", code=1)
    judge(company)
    seat = company.record()
    assert seat.shift.shift_date == date(2026, 3, 6)
    assert (seat.verdict.status, seat.verdict.details["workedMinutes"]) == ("present", 487)


@pytest.mark.parametrize(
    ("partition", "parked_under"),
    [("C#acme#N#5", "acme"), ("probe", "unknown"), ("C#no company#N#5", "unknown")],
)
def test_a_change_that_cannot_be_read_is_parked_and_the_rest_is_judged(
    company, partition, parked_under
):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 08:55:00")
    records = company.changes()
    keys = {"pk": {"S": partition}, "sk": {"S": "P#bad"}}
    poison = {
        "eventName": "INSERT",
        "dynamodb": {"Keys": keys, "NewImage": {"kind": {"S": "punch"}, **keys}},
    }
    lambda_handler({"Records": [poison, poison, *records]}, CONTEXT)
    assert company.record().verdict.status == "present"
    parked = list(company.parts.table.query_all(f"C#{parked_under}#PARKED"))
    assert parked
    assert "P#bad" in parked[0]["body"]["S"]


def approve(company, device) -> None:
    stored = company.parts.directory.member(ACME, "DEVICE", device.member_id)
    body = {**stored.body, "approved": True, "isNew": False}
    company.parts.directory.save_member(replace(stored, body=body))

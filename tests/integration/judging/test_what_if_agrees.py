"""The what-if and the judge of real records say the same of the same evidence (simulate.md)."""

import random
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from attendance.identity import CompanyId
from attendance.services.sweep_shifts import sweep_shifts
from attendance.simulation import simulate
from attendance.times import optional_to_iso
from judge_attendance.app import lambda_handler

ACME = CompanyId("acme")
FRIDAY = datetime(2026, 3, 6)
SWEPT_AT = datetime(2026, 3, 9, 12, 30, tzinfo=UTC)
PEOPLE = 6
DAYS = (
    (("2026-03-06", "09:00", "17:00"),),
    (("2026-03-06", "08:00", "12:00"), ("2026-03-06", "13:00", "17:00")),
    (("2026-03-06", "22:00", "06:00"), ("2026-03-07", "22:00", "06:00")),
    (("2026-03-06", "14:00", "22:00"), ("2026-03-07", "06:00", "14:00")),
)
POLICIES = (
    {},
    {"directionMode": "labelled", "lateGraceMinutes": 5, "missingCheckOut": "leavePending"},
    {"directionMode": "alternating", "workedTime": "pairs", "halfDayBelowMinutes": 240},
    {"directionMode": "firstLast", "debounceSeconds": 600, "absentBelowMinutes": 60},
    {"windowAfterMinutes": 60, "missingCheckOut": "markAbsent", "lateAndEarlyStatus": "late"},
)


def story_of(number: int, policy: dict) -> dict:
    """Up to seven punches of one person around one or two shifts."""
    chance = random.Random(f"{number} {policy}")
    shifts = [
        {"shiftId": f"s{number}-{i}", "shiftDate": day, "startTime": start, "endTime": end}
        for i, (day, start, end) in enumerate(DAYS[number % len(DAYS)])
    ]
    minutes = chance.sample(range(5 * 60, 60 * 60), chance.randint(0, 7))
    punches = [
        {
            "do": "punch",
            "timestamp": (at := FRIDAY + timedelta(minutes=minute)).isoformat(" "),
            "receivedAt": f"{(at + timedelta(seconds=30)).isoformat()}Z",
            "device": "gate",
            "user_id": str(number),
            "punch": chance.choice((0, 1, 0, 1, 255)),
        }
        for minute in minutes
    ]
    sweep = {"do": "sweep", "at": SWEPT_AT.isoformat()}
    return {"timezone": "UTC", "policy": policy, "shifts": shifts, "events": [*punches, sweep]}


def live(company, number: int, story: dict) -> None:
    """Put the person, the shifts and the punches of a story into the table."""
    company.person(f"u{number}", (str(number),))
    for shift in story["shifts"]:
        day = date.fromisoformat(shift["shiftDate"])
        company.seat(shift["shiftId"], day, shift["startTime"], shift["endTime"], f"u{number}")
    for event in story["events"][:-1]:
        company.punch(event["timestamp"], number=event["user_id"], code=event["punch"])


def judge_all(company) -> None:
    context = SimpleNamespace(aws_request_id="r")
    for _ in range(4):
        if records := company.changes():
            lambda_handler({"Records": records}, context)
    sweep_shifts(company.parts, SWEPT_AT, "r")


def records_of(company, number: int, story: dict) -> dict[str, dict]:
    """The records of a story's shifts as a what-if shows them, but for the explanation."""
    found = {}
    for shift in story["shifts"]:
        day = date.fromisoformat(shift["shiftDate"])
        verdict = company.record(shift["shiftId"], day, f"u{number}").verdict
        if verdict is not None:
            found[shift["shiftId"]] = {
                "status": verdict.status,
                "lateByMinutes": int(verdict.late_by_minutes),
                "checkInTime": optional_to_iso(verdict.check_in),
                "checkOutTime": optional_to_iso(verdict.check_out),
                "details": verdict.details,
            }
    return found


def expected(answer: dict) -> dict[str, dict]:
    told = ("status", "lateByMinutes", "checkInTime", "checkOutTime", "details")
    return {record["shiftId"]: {key: record[key] for key in told} for record in answer["records"]}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.get("directionMode", "auto"))
def test_real_evidence_is_judged_as_the_what_if_foretells(company, policy):
    company.device()
    company.keep_policy(policy)
    company.changes()
    stories = {number: story_of(number, policy) for number in range(PEOPLE)}
    for number, story in stories.items():
        live(company, number, story)
    judge_all(company)
    for number, story in stories.items():
        answer = simulate(story)
        found = records_of(company, number, story)
        for record in found.values():
            assert record["details"].pop("awaitingDevice") is None
        assert found == expected(answer), story
        outcomes = company.parts.punches.of_number(ACME, str(number), "2026-03-01", "2026-03-31")
        assert sorted(p.outcome.outcome for p in outcomes) == sorted(answer["outcomes"][:-1])

"""`PATCH /v1/attendance-records/{id}`, its history and its explanation (rest-api.md section 4)."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from attendance.times import to_iso
from publish_events.app import lambda_handler as publish
from tests.integration.judging.conftest import Company

YESTERDAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
NINE, FIVE = YESTERDAY.replace(hour=9), YESTERDAY.replace(hour=17)


def path(record: dict) -> str:
    return f"/v1/attendance-records/{record['id']}"


def refusal(answer) -> tuple[int, str]:
    return answer.status, answer.body["message"].removeprefix("errMsg_")


@pytest.fixture
def record(world) -> dict:
    """Ana came 30 minutes late yesterday and never checked out."""
    world.shift("day", NINE)
    world.seat("ana", "day", NINE.date(), "09:00")
    body = {"shiftId": "day", "userId": "ana", "checkInTime": to_iso(NINE + timedelta(minutes=30))}
    answer = world.post("mia", "/v1/check-in", body | {"managerNote": "saw her come"})
    assert answer.status == 201
    return answer.body["attendanceRecord"]


def patch(world, who, record, **body):
    return world.ask(who, "PATCH", path(record), body=body)


def test_a_correction_wins_adds_one_version_and_is_flagged(world, record):
    answer = patch(
        world, "mia", record, recordVersion=1, reason="gate was shut", checkInTime=to_iso(NINE)
    )
    assert answer.status == 200
    corrected = answer.body["attendanceRecord"]
    assert (corrected["status"], corrected["lateByMinutes"]) == ("present", 0)
    assert corrected["recordVersion"] == 2
    assert "corrected" in corrected["details"]["flags"]
    assert corrected["managerNote"] == "saw her come"


def test_null_clears_and_what_is_absent_is_kept(world, record):
    answer = patch(world, "mia", record, recordVersion=1, reason="r", managerNote=None)
    corrected = answer.body["attendanceRecord"]
    assert (corrected["managerNote"], corrected["checkInTime"]) == (None, record["checkInTime"])


@pytest.mark.parametrize(
    ("body", "status", "word"),
    [
        ({"recordVersion": 1}, 400, "reasonRequired"),
        ({"recordVersion": 1, "reason": "  "}, 400, "reasonRequired"),
        ({"reason": "r"}, 400, "invalidRecordVersion"),
        ({"recordVersion": 2, "reason": "r"}, 409, "versionConflict"),
        (
            {"recordVersion": 1, "reason": "r", "checkOutTime": to_iso(NINE)},
            400,
            "checkoutBeforeCheckin",
        ),
        ({"recordVersion": 1, "reason": "r", "status": "ill"}, 400, "invalidStatus"),
        (
            {"recordVersion": 1, "reason": "r", "checkInTime": "2026-03-06T09:00:00"},
            400,
            "invalidCheckInTime",
        ),
        (
            {"recordVersion": 1, "reason": "r", "checkInTime": "2126-03-06T09:00:00Z"},
            400,
            "invalidCheckInTime",
        ),
    ],
)
def test_a_correction_that_is_refused_changes_nothing(world, record, body, status, word):
    answer = patch(world, "mia", record, **body)
    assert refusal(answer) == (status, word)
    assert world.get("mia", path(record)).body["attendanceRecord"]["recordVersion"] == 1


def test_corrections_are_a_managers(world, rival, record):
    body = {"recordVersion": 1, "reason": "r", "status": "present"}
    assert refusal(patch(world, "ana", record, **body)) == (401, "notAuthorized")
    assert refusal(patch(rival, "mia", record, **body)) == (404, "notFound")


def test_the_history_tells_who_when_why_before_and_after(world, record):
    table = Company(world.parts)
    publish({"Records": table.changes()}, SimpleNamespace(aws_request_id="r"))
    patch(world, "mia", record, recordVersion=1, reason="gate was shut", checkInTime=to_iso(NINE))
    publish({"Records": table.changes()}, SimpleNamespace(aws_request_id="r"))
    answer = world.get("mia", path(record) + "/history")
    assert (answer.status, answer.body["dataName"]) == (200, "history")
    first, second = answer.body["history"]
    assert (first["recordVersion"], first["before"], first["actor"]) == (1, None, "user:mia")
    assert (second["recordVersion"], second["reason"]) == (2, "gate was shut")
    assert second["before"]["lateByMinutes"] == 30
    assert second["after"]["lateByMinutes"] == 0
    own = world.get("ana", path(record) + "/history").body["history"]
    assert [row["after"]["managerNote"] for row in own] == [None, None]


def test_the_explanation_names_the_rule_and_its_numbers(world, record):
    answer = world.get("ana", path(record) + "/explain")
    assert (answer.status, answer.body["dataName"]) == (200, "explanation")
    told = answer.body["explanation"]
    late = next(rule for rule in told["rules"] if rule["rule"] == "late")
    assert late["inputs"]["lateByMinutes"] == 30
    assert set(told) == {"rules", "punches", "candidates", "policyVersion", "decisions"}


def test_the_explanation_keeps_the_managers_note_from_the_employee(world, record):
    patch(world, "mia", record, recordVersion=1, reason="r", managerNote="secret")
    told = world.get("mia", path(record) + "/explain").body["explanation"]["decisions"]
    assert told[0]["set"] == {"managerNote": "secret"}
    own = world.get("ana", path(record) + "/explain").body["explanation"]["decisions"]
    assert own[0]["set"] == {}

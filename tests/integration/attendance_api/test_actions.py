"""`POST /v1/check-in`, `/v1/check-out` and `/v1/mark-absent`."""

import pytest

from attendance.times import to_iso
from tests.integration.attendance_api.test_records import DOCUMENT_KEYS


def refusal(answer) -> tuple[int, str]:
    return answer.status, answer.body["message"].removeprefix("errMsg_")


def test_checking_in_makes_a_record_and_answers_it_plain(world, shift_of_now, now):
    body = {"shiftId": shift_of_now, "userId": "ana", "checkInTime": to_iso(now)}
    answer = world.post("ana", "/v1/check-in", body)
    assert answer.status == 201
    assert (answer.body["statusCode"], answer.body["action"]) == ("201", "create")
    record = answer.body["attendanceRecord"]
    assert list(record) == DOCUMENT_KEYS
    assert (record["status"], record["recordVersion"]) == ("late", 1)
    assert record["checkInTime"] == to_iso(now)
    assert record["lateByMinutes"] >= 60
    found = world.get("ana", f"/v1/attendance-records/{record['id']}")
    assert found.body["attendanceRecord"]["lateByMinutes"] == record["lateByMinutes"]


def test_the_person_and_the_time_may_be_left_to_the_server(world, shift_of_now):
    answer = world.post("ana", "/v1/check-in", {"shiftId": shift_of_now})
    assert answer.status == 201
    assert answer.body["attendanceRecord"]["userId"] == "ana"
    assert refusal(world.post("ana", "/v1/check-in", {"shiftId": shift_of_now})) == (
        409,
        "alreadyCheckedIn",
    )


def test_what_the_server_decides_is_ignored_and_named(world, shift_of_now):
    body = {
        "shiftId": shift_of_now, "status": "Present", "lateByMinutes": 0, "unheardOf": 1,
        "managerNote": "let me pass",
    }  # fmt: skip
    record = world.post("ana", "/v1/check-in", body).body["attendanceRecord"]
    assert record["status"] == "late"
    assert record["details"]["ignored"] == ["status", "lateByMinutes", "managerNote"]
    seen = world.get("mia", f"/v1/attendance-records/{record['id']}").body["attendanceRecord"]
    assert seen["managerNote"] is None
    assert "ignored" not in seen["details"]


def test_checking_out_updates_the_record(world, shift_of_now):
    record = world.post("ana", "/v1/check-in", {"shiftId": shift_of_now}).body["attendanceRecord"]
    body = {"attendanceRecordId": record["id"], "status": "present", "absenceReason": "none"}
    answer = world.post("ana", "/v1/check-out", body)
    assert (answer.status, answer.body["action"]) == (200, "update")
    updated = answer.body["attendanceRecord"]
    assert list(updated) == DOCUMENT_KEYS
    assert updated["checkOutTime"] is not None
    assert (updated["status"], updated["status_idx"]) == ("leftEarly", 4)
    assert updated["details"]["ignored"] == ["status", "absenceReason"]
    assert refusal(world.post("ana", "/v1/check-out", body)) == (409, "alreadyCheckedOut")


def test_a_manager_marks_absent_and_nobody_else(world, shift_of_now):
    body = {"userId": "ana", "shiftId": shift_of_now, "absenceReason": "sick", "managerNote": "n"}
    assert refusal(world.post("ana", "/v1/mark-absent", body)) == (401, "notAuthorized")
    answer = world.post("mia", "/v1/mark-absent", body)
    assert (answer.status, answer.body["action"]) == (200, "update")
    record = answer.body["attendanceRecord"]
    assert (record["status"], record["absenceReason"], record["managerNote"]) == (
        "absent", "sick", "n",
    )  # fmt: skip
    assert refusal(world.post("ana", "/v1/check-in", {"shiftId": shift_of_now})) == (
        409,
        "markedAbsent",
    )


def test_a_colleague_is_not_to_be_checked_in_or_out(world, shift_of_now):
    body = {"shiftId": shift_of_now, "userId": "mia"}
    assert refusal(world.post("ana", "/v1/check-in", body)) == (401, "notAuthorized")
    record = world.post("mia", "/v1/check-in", body).body["attendanceRecord"]
    out = {"attendanceRecordId": record["id"]}
    assert refusal(world.post("ana", "/v1/check-out", out)) == (401, "notAuthorized")


@pytest.mark.parametrize("record_id", ["nonsense", "", "a#b", "x" * 5000])
def test_a_record_id_that_leads_nowhere_is_not_found(world, record_id):
    answer = world.post("ana", "/v1/check-out", {"attendanceRecordId": record_id})
    assert refusal(answer) == (404, "notFound")


@pytest.mark.parametrize(
    ("path", "body", "word"),
    [
        ("check-in", {}, "ShiftId"),
        ("check-in", {"shiftId": 5}, "ShiftId"),
        ("check-in", {"shiftId": "a#b"}, "ShiftId"),
        ("check-in", {"shiftId": "s" * 65}, "ShiftId"),
        ("check-in", {"shiftId": "s", "userId": ["u"]}, "UserId"),
        ("check-in", {"shiftId": "s", "checkInTime": "2026-03-06T09:00:00"}, "CheckInTime"),
        ("check-in", {"shiftId": "s", "checkInTime": 1772787600}, "CheckInTime"),
        ("check-in", {"shiftId": "s", "checkInTime": "0001-01-01T00:00+23:00"}, "CheckInTime"),
        ("check-in", {"shiftId": "s", "checkOutTime": "noon"}, "CheckOutTime"),
        ("check-in", {"shiftId": "s", "status": "asleep"}, "Status"),
        ("check-in", {"shiftId": "s", "lateByMinutes": "5"}, "LateByMinutes"),
        ("check-in", {"shiftId": "s", "managerNote": {"a": 1}}, "ManagerNote"),
        ("check-out", {}, "AttendanceRecordId"),
        ("check-out", {"attendanceRecordId": None}, "AttendanceRecordId"),
        ("check-out", {"attendanceRecordId": "x", "checkOutTime": "09:00"}, "CheckOutTime"),
        ("mark-absent", {"shiftId": "s"}, "UserId"),
        ("mark-absent", {"userId": "u"}, "ShiftId"),
        ("mark-absent", {"userId": "u", "shiftId": "s", "absenceReason": 1}, "AbsenceReason"),
        ("check-in", [], "Body"),
        ("check-in", "text", "Body"),
        ("check-in", None, "Body"),
    ],
)
def test_a_wrong_field_is_refused_by_name(world, path, body, word):
    answer = world.post("mia", f"/v1/{path}", body)
    assert refusal(answer) == (400, f"invalid{word}")
    assert list(answer.body) == ["result", "status", "message", "errCode", "date", "detail"]
    assert answer.body["detail"].startswith(f"{word[0].lower()}{word[1:]}: expected ")


@pytest.mark.parametrize(
    ("raw_body", "content_type", "status", "word"),
    [
        ("{", "application/json", 400, "invalidBody"),
        ('{"shiftId": NaN}', "application/json", 400, "invalidBody"),
        ("[" * 100_000, "application/json", 400, "invalidBody"),
        ('{"shiftId": "\\ud800"}', "application/json", 400, "invalidBody"),
        ("shiftId=s", "application/x-www-form-urlencoded", 415, "unsupportedMediaType"),
        ("<a/>", "text/xml", 415, "unsupportedMediaType"),
        ('"' + "x" * 1_000_001 + '"', "application/json", 413, "tooLarge"),
    ],
)
def test_a_body_that_is_no_sound_json_is_refused(world, raw_body, content_type, status, word):
    answer = world.ask(
        "ana", "POST", "/v1/check-in", raw_body=raw_body, headers={"content-type": content_type}
    )
    assert refusal(answer) == (status, word)


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [("application/json", (400, "invalidBody")), ("text/plain", (415, "unsupportedMediaType"))],
)
def test_no_body_at_all_is_refused(world, content_type, expected):
    headers = {"content-type": content_type}
    assert refusal(world.ask("ana", "POST", "/v1/check-in", headers=headers)) == expected


def test_acting_needs_a_session_before_anything_else_is_looked_at(world):
    for path in ("check-in", "check-out", "mark-absent"):
        for body in ({"shiftId": "s", "userId": "u", "attendanceRecordId": "x"}, {}, None):
            assert refusal(world.post(None, f"/v1/{path}", body)) == (401, "loginRequired")

"""rest-api.md section 4, row by row: check-in, check-out, mark-absent, reading, correcting."""

from datetime import UTC, date, datetime, timedelta

import pytest

from attendance.times import from_iso, to_iso
from tests.integration.attendance_api.test_actions import refusal
from tests.integration.rest_contract.shifts import lay_out

LIST = "/v1/attendance-records"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


def record_of(answer) -> dict:
    assert answer.status in {200, 201}, answer.text
    return answer.body["attendanceRecord"]


def test_who_may_check_in_whom(world, rival):
    """“| `POST /v1/check-in` → 201 `create` | employee for himself; manager/tenantAdmin for
    anyone in the company |”
    """
    shift = lay_out(world, people=("ana", "ben", "mia", "olga"))
    body = {"shiftId": shift}
    own = world.post("ana", "/v1/check-in", body)
    assert (own.status, own.body["statusCode"], own.body["action"]) == (201, "201", "create")
    refused = world.post("ana", "/v1/check-in", body | {"userId": "ben"})
    assert refusal(refused) == (401, "notAuthorized")
    assert world.post("mia", "/v1/check-in", body | {"userId": "ben"}).status == 201
    assert world.post("olga", "/v1/check-in", body | {"userId": "mia"}).status == 201
    assert rival.post("mia", "/v1/check-in", body | {"userId": "ana"}).status == 400


def test_a_check_in_takes_the_documents_body(world):
    """“body `shiftId userId checkInTime` (the document also requires `status`: accepted, not
    needed) + optional `checkOutTime lateByMinutes absenceReason managerNote`; a manager may give
    both times at once.”
    """
    shift = lay_out(world, -3 * HOUR, lasts=2 * HOUR, people=("ana", "ben", "mia"))
    whole = {
        "shiftId": shift,
        "userId": "ana",
        "checkInTime": to_iso(now() - 3 * HOUR),
        "status": "PENDING",
        "checkOutTime": to_iso(now() - HOUR),
        "lateByMinutes": 3,
        "absenceReason": "doctor",
        "managerNote": "saw her",
    }
    record = record_of(world.post("mia", "/v1/check-in", whole))
    told = {name: record[name] for name in ("checkInTime", "checkOutTime", "managerNote")}
    assert told == {name: whole[name] for name in told}
    assert (record["absenceReason"], record["recordVersion"]) == ("doctor", 1)
    for name, bad in {"status": "ill", "lateByMinutes": "3", "managerNote": 4}.items():
        refused = world.post("mia", "/v1/check-in", whole | {name: bad})
        assert refusal(refused) == (400, f"invalid{name[0].upper()}{name[1:]}")
    running = {"shiftId": lay_out(world), "checkOutTime": to_iso(now())}
    assert refusal(world.post("ana", "/v1/check-in", running)) == (401, "notAuthorized")


def test_one_assigned_person_has_one_record(world):
    """“Assigned to the shift, else 400 `errMsg_notAssigned`. One record per user+shift+day, else
    409.”
    """
    shift = lay_out(world)
    for shift_id in (shift, "nowhere"):
        refused = world.post("ben", "/v1/check-in", {"shiftId": shift_id})
        assert refusal(refused) == (400, "notAssigned")
    assert world.post("ana", "/v1/check-in", {"shiftId": shift}).status == 201
    for who in ("ana", "mia"):
        again = world.post(who, "/v1/check-in", {"shiftId": shift, "userId": "ana"})
        assert refusal(again) == (409, "alreadyCheckedIn")
    assert world.get("mia", LIST, shiftId=shift).body["rowCount"] == 1


def test_the_server_decides_and_says_what_it_ignored(world):
    """“**The server decides** `status` (present or late at once; see `rules.md`, section 8) and
    `lateByMinutes`; a client's own values for them are ignored and named in `details.ignored`;
    managerNote/absenceReason only from a manager.”
    """
    late, in_time = lay_out(world), lay_out(world, 10 * MINUTE + 2 * HOUR, people=())
    claims = {"status": "present", "lateByMinutes": 0, "managerNote": "n", "absenceReason": "a"}
    record = record_of(world.post("ana", "/v1/check-in", {"shiftId": late, **claims}))
    assert (record["status"], record["lateByMinutes"] >= 30) == ("late", True)
    ignored = ["status", "lateByMinutes", "absenceReason", "managerNote"]
    assert sorted(record["details"]["ignored"]) == sorted(ignored)
    seen = record_of(world.get("mia", f"{LIST}/{record['id']}"))
    assert (seen["managerNote"], seen["absenceReason"]) == (None, None)
    path = f"/v1/shifts/{in_time}/assignments"
    assert world.post("mia", path, {"userIds": ["ben"]}).status == 201
    start = next(iter(world.parts.seats.of_shift(world.company, in_time))).shift.starts_at
    early = {"shiftId": in_time, "userId": "ben", "status": "late", "managerNote": "kept"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(world.parts), "now", lambda _self: start - MINUTE)
        record = record_of(world.post("mia", "/v1/check-in", early))
    assert (record["status"], record["lateByMinutes"]) == ("present", 0)
    assert (record["managerNote"], record["details"]["ignored"]) == ("kept", ["status"])


def test_an_employee_checks_in_now_and_a_manager_at_any_past_time(world):
    """“For an employee `checkInTime` lies within 5 minutes of the server's clock and in
    [start − windowBefore, end); a manager may give any past time. |”
    """
    shift = lay_out(world, -HOUR)

    def at(who: str, moment: datetime, shift_id: str = shift, user: str = "ana"):
        body = {"shiftId": shift_id, "userId": user, "checkInTime": to_iso(moment)}
        return world.post(who, "/v1/check-in", body)

    for off in (-6 * MINUTE, 6 * MINUTE):
        assert refusal(at("ana", now() + off)) == (400, "invalidCheckInTime")
    assert refusal(at("mia", now() + 6 * MINUTE)) == (400, "invalidCheckInTime")
    assert at("ana", now() - 4 * MINUTE).status == 201
    ended, coming = lay_out(world, -6 * HOUR, lasts=HOUR), lay_out(world, 5 * HOUR)
    assert refusal(at("ana", now(), ended)) == (400, "shiftEnded")
    assert refusal(at("ana", now(), coming)) == (400, "tooEarly")
    assert at("mia", now() - 6 * HOUR, ended).status == 201
    own = at("mia", now() - 5 * HOUR, ended, user="mia")
    assert own.status == 201
    bounds = next(
        s.shift for s in world.parts.seats.of_shift(world.company, coming) if s.user_id == "ana"
    )
    with pytest.MonkeyPatch.context() as patch:
        for moment, told in (
            (bounds.starts_at - 2 * HOUR - timedelta(seconds=1), (400, "tooEarly")),
            (bounds.ends_at, (400, "shiftEnded")),
        ):
            patch.setattr(type(world.parts), "now", lambda _self, moment=moment: moment)
            assert refusal(at("ana", moment, coming)) == told
        first = bounds.starts_at - 2 * HOUR
        patch.setattr(type(world.parts), "now", lambda _self: first)
        assert at("ana", first, coming).status == 201


def test_who_may_check_out_and_what_of(world, rival):
    """“| `POST /v1/check-out` → 200 `update` | own record only; managers any |
    `attendanceRecordId` (+ `checkOutTime` default now; `status` and the other fields of the
    document are accepted and ignored as above). Needs a check-in and no check-out, else 409 with
    which. Sets leftEarly by rule. |”
    """
    shift = lay_out(world, people=("ana", "ben", "mia"))
    made = {
        who: record_of(world.post(who, "/v1/check-in", {"shiftId": shift}))["id"]
        for who in ("ana", "mia")
    }
    assert refusal(world.post("ben", "/v1/check-out", {"attendanceRecordId": made["ana"]})) == (
        401,
        "notAuthorized",
    )
    assert (
        refusal(rival.post("mia", "/v1/check-out", {"attendanceRecordId": made["ana"]}))[0] == 404
    )
    claims = {
        "status": "present", "lateByMinutes": 0, "absenceReason": "a", "managerNote": "n",
        "userId": "ana", "shiftId": shift,
    }  # fmt: skip
    answer = world.post("ana", "/v1/check-out", {"attendanceRecordId": made["ana"], **claims})
    assert (answer.status, answer.body["action"]) == (200, "update")
    record = record_of(answer)
    assert record["status"] == "leftEarly"
    assert abs(from_iso(record["checkOutTime"]) - now()) < MINUTE
    assert sorted(record["details"]["ignored"]) == sorted(list(claims)[:4])
    again = world.post("ana", "/v1/check-out", {"attendanceRecordId": made["ana"]})
    assert refusal(again) == (409, "alreadyCheckedOut")
    assert "already" in again.body["detail"]
    for far in (now() - 6 * MINUTE, now() + 6 * MINUTE):
        body = {"attendanceRecordId": made["ana"], "checkOutTime": to_iso(far)}
        assert refusal(world.post("ana", "/v1/check-out", body))[0] == 400
    by_manager = {"attendanceRecordId": made["mia"], "checkOutTime": to_iso(now())}
    assert record_of(world.post("mia", "/v1/check-out", by_manager))["checkOutTime"] is not None
    absent = record_of(world.post("mia", "/v1/mark-absent", {"shiftId": shift, "userId": "ben"}))
    refused = world.post("mia", "/v1/check-out", {"attendanceRecordId": absent["id"]})
    assert refusal(refused) == (409, "markedAbsent")


def test_a_manager_marks_absent_who_was_not_there(world):
    """“| `POST /v1/mark-absent` → 200 `update` | manager, tenantAdmin; never the employee himself
    | `userId shiftId absenceReason managerNote` (`status checkOutTime lateByMinutes` accepted,
    ignored); creates the record if none; 409 if the person was there. |”
    """
    shift = lay_out(world, people=("ana", "ben", "mia"))
    body = {"userId": "ana", "shiftId": shift, "absenceReason": "ill", "managerNote": "called"}
    claims = {"status": "present", "checkOutTime": to_iso(now()), "lateByMinutes": 5}
    assert refusal(world.post("ana", "/v1/mark-absent", body)) == (401, "notAuthorized")
    answer = world.post("mia", "/v1/mark-absent", body | claims)
    assert (answer.status, answer.body["action"]) == (200, "update")
    record = record_of(answer)
    told = {name: record[name] for name in ("status", "absenceReason", "managerNote")}
    assert told == {"status": "absent", "absenceReason": "ill", "managerNote": "called"}
    assert (record["recordVersion"], record["checkOutTime"], record["lateByMinutes"]) == (
        1,
        None,
        0,
    )
    assert sorted(record["details"]["ignored"]) == sorted(claims)
    by_admin = world.post("olga", "/v1/mark-absent", {"userId": "ben", "shiftId": shift})
    assert record_of(by_admin)["status"] == "absent"
    assert world.post("mia", "/v1/check-in", {"shiftId": shift}).status == 201
    there = world.post("olga", "/v1/mark-absent", {"userId": "mia", "shiftId": shift})
    assert refusal(there) == (409, "alreadyCheckedIn")


def test_who_may_read_one_record(world):
    """“| `GET /v1/attendance-records/{attendanceRecordId}` | own, or manager/tenantAdmin in
    company | joins; `managerNote` only for managers |”
    """
    path = f"{LIST}/{world.record('ana').record_id}"
    for who, note in {"ana": None, "mia": "between managers", "olga": "between managers"}.items():
        answer = world.get(who, path)
        assert (answer.body["dataName"], answer.body["action"]) == ("attendanceRecord", "get")
        record = record_of(answer)
        assert record["managerNote"] == note
        assert {"user", "shift"} <= record.keys()
    assert refusal(world.get("ben", path)) == (401, "notAuthorized")


def test_the_list_shows_an_employee_his_own_and_a_manager_the_company(world, rival):
    """“| `GET /v1/attendance-records` | employee: own only (a foreign `userId` filter gives an
    empty list); manager: company |”
    """
    world.record("ana")
    world.record("ben")
    rival.record("ana")

    def seen(who: str, **query) -> list[str]:
        rows = world.get(who, LIST, **query).body["attendanceRecords"]
        return sorted(row["userId"] for row in rows)

    assert seen("ana") == ["ana"]
    assert seen("ana", userId="ben") == []
    assert world.get("ana", LIST, userId="ben").status == 200
    assert seen("ana", userId=["ana", "ben"]) == ["ana"]
    assert seen("mia") == seen("olga") == ["ana", "ben"]


def test_the_list_filters_sorts_and_pages(world):
    """“filters `userId`, `shiftId`, `status` (case-insensitive), each single, repeated (any of),
    or `null`; `date`, `dateFrom`, `dateTo` (the shift's date) **(decided)**; newest first; paging
    exact |”
    """
    days = {user: date(2026, 3, day) for day, user in enumerate(("ana", "ben", "mia", "olga"), 2)}
    statuses = ("present", "late", "absent", "leftEarly")
    for (user, day), status in zip(days.items(), statuses, strict=True):
        world.record(user, shift_id=f"s-{user}", day=day, status=status)
    wanted = {
        "userId=ana": "ana",
        "userId=ana&userId=mia": "mia ana",
        "userId=null": "",
        "userId=null&userId=ana": "ana",
        "shiftId=s-ben": "ben",
        "shiftId=s-ben&shiftId=s-olga": "olga ben",
        "shiftId=null": "",
        "status=LATE": "ben",
        "status=leftearly&status=Absent": "olga mia",
        "status=null": "",
        "status=null&status=late": "ben",
        "date=2026-03-03": "ben",
        "dateFrom=2026-03-04": "olga mia",
        "dateTo=2026-03-03": "ben ana",
        "dateFrom=2026-03-03&dateTo=2026-03-04": "mia ben",
        "status=late&userId=ana": "",
        "": "olga mia ben ana",
    }
    for query, people in wanted.items():
        answer = world.ask("mia", "GET", LIST, query=query)
        assert answer.status == 200, query
        rows = [row["userId"] for row in answer.body["attendanceRecords"]]
        assert rows == people.split(), query
        assert answer.body["paging"]["totalRowCount"] == len(rows)
    pages = [world.get("mia", LIST, pageNumber=number, pageRowCount=3).body for number in (1, 2, 3)]
    assert [page["rowCount"] for page in pages] == [3, 1, 0]
    assert {(p["paging"]["totalRowCount"], p["paging"]["pageCount"]) for p in pages} == {(4, 2)}


def test_a_correction_is_flat_null_clears_and_absent_keeps(world):
    """“| `PATCH /v1/attendance-records/{id}` · `GET …/{id}/history` · `GET …/{id}/explain` |
    manager (history, explain: also the owner) | ours. PATCH, flat:
    `{recordVersion,reason,checkInTime?,checkOutTime?,status?,absenceReason?,managerNote?}`, null
    clears, absent keeps.”
    """
    shift = lay_out(world, -HOUR)
    came = {"shiftId": shift, "userId": "ana", "managerNote": "first", "absenceReason": "late bus"}
    made = record_of(world.post("mia", "/v1/check-in", came))
    path = f"{LIST}/{made['id']}"

    def patch(who: str = "mia", **body):
        return world.ask(who, "PATCH", path, body=body)

    assert refusal(patch("ana", recordVersion=1, reason="r")) == (401, "notAuthorized")
    assert refusal(patch(recordVersion=1)) == (400, "reasonRequired")
    assert refusal(patch(reason="r")) == (400, "invalidRecordVersion")
    early = to_iso(from_iso(made["checkInTime"]) - 30 * MINUTE)
    second = record_of(patch(recordVersion=1, reason="r", checkInTime=early))
    kept = {"managerNote": "first", "absenceReason": "late bus", "checkInTime": early}
    assert {name: second[name] for name in kept} == kept
    third = record_of(patch(recordVersion=2, reason="r", managerNote=None, absenceReason=None))
    assert (third["managerNote"], third["absenceReason"]) == (None, None)
    assert third["checkInTime"] == early
    out = to_iso(now())
    fourth = record_of(patch(recordVersion=3, reason="r", checkOutTime=out, status="present"))
    assert (fourth["checkOutTime"], fourth["status"]) == (out, "present")
    fifth = record_of(patch(recordVersion=4, reason="r", checkOutTime=None))
    assert (fifth["checkOutTime"], fifth["checkInTime"]) == (None, early)


def test_history_and_explanation_tell_how_a_record_came_about(world, publish):
    """“`history`: list of `{recordVersion,at,actor,reason,before,after}` within 2 s. `explain`:
    `dataName:"explanation"` `{rules:[{rule,text,inputs}],punches:{used:[…],ignored:[{…,
    reason}]},candidates,policyVersion,decisions}` |”
    """
    shift = lay_out(world, -HOUR)
    made = record_of(world.post("ana", "/v1/check-in", {"shiftId": shift}))
    publish()
    path = f"{LIST}/{made['id']}"
    change = {"recordVersion": 1, "reason": "why", "managerNote": "n"}
    assert world.ask("mia", "PATCH", path, body=change).status == 200
    publish()
    for who in ("mia", "ana", "olga"):
        listed = world.get(who, f"{path}/history")
        assert (listed.body["dataName"], listed.body["action"]) == ("history", "list")
        rows = listed.body["history"]
        names = ["recordVersion", "at", "actor", "reason", "before", "after"]
        assert [sorted(row) for row in rows] == [sorted(names)] * 2
        assert [(row["recordVersion"], row["actor"], row["reason"]) for row in rows] == [
            (1, "user:ana", None),
            (2, "user:mia", "why"),
        ]
        assert (rows[0]["before"], rows[1]["before"]["recordVersion"]) == (None, 1)
        explained = world.get(who, f"{path}/explain").body
        assert (explained["dataName"], explained["action"]) == ("explanation", "get")
        told = explained["explanation"]
        assert set(told) == {"rules", "punches", "candidates", "policyVersion", "decisions"}
        assert {frozenset(rule) for rule in told["rules"]} == {
            frozenset({"rule", "text", "inputs"})
        }
        assert set(told["punches"]) == {"used", "ignored"}
    for story in ("history", "explain"):
        assert refusal(world.get("ben", f"{path}/{story}")) == (401, "notAuthorized")
        assert refusal(world.get("mia", f"{LIST}/nonsense/{story}")) == (404, "notFound")


def test_an_ignored_punch_is_told_with_its_reason(world, judge):
    """The second half of `explain`: every punch is used, or ignored for a reason."""
    shift = lay_out(world, -HOUR, people=())
    world.device("yard", "Yard")
    number = {"deviceUserIds": ["777"]}
    assert world.ask("olga", "PATCH", "/v1/users/ben", body=number).status == 200
    path = f"/v1/shifts/{shift}/assignments"
    assert world.post("mia", path, {"userIds": ["ben"]}).status == 201
    for seconds in (0, 20):
        moment = now() - 30 * MINUTE + timedelta(seconds=seconds)
        world.punch(f"{moment:%Y-%m-%d %H:%M:%S}", "yard", number="777", received_at=now())
    judge("ben")
    (row,) = world.get("ben", LIST).body["attendanceRecords"]
    punches = world.get("ben", f"{LIST}/{row['id']}/explain").body["explanation"]["punches"]
    assert len(punches["used"]) + len(punches["ignored"]) == 2
    assert all(punch["reason"] for punch in punches["ignored"])
    assert punches["ignored"]

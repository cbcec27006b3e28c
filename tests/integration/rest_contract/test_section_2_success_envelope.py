"""rest-api.md section 2, sentence by sentence: the success envelope and the record."""

import re
import uuid
from dataclasses import dataclass

import pytest

from accounts_api.app import lambda_handler as accounts
from attendance_api.app import lambda_handler as api
from ingest_punches.app import lambda_handler as ingest
from tests.accounts import fresh_codename, log_in, own_company, owner_body
from tests.http_events import CONTEXT, ask
from tests.integration.attendance_api.test_actions import refusal
from tests.integration.attendance_api.test_records import DOCUMENT_KEYS
from tests.integration.ingest.conftest import SiteAgent

LIST = "/v1/attendance-records"
ENVELOPE = {
    "status", "statusCode", "elapsedMs", "ssoTime", "source", "cacheKey", "userId", "sessionId",
    "requestId", "dataName", "method", "action", "appVersion", "rowCount",
}  # fmt: skip
OF_LISTS = {"paging", "filters", "uiPermissions"}
SHIFT = {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
USER = {"email": "new@acme.example", "fullname": "New", "roleId": "employee"}
COLLECTIONS = {
    "/v1/locations": {"location": "plant", "timezone": "Europe/Madrid"},
    "/v1/users": USER,
    "/v1/groups": {"name": "night"},
    "/v1/grants": {"permissionName": "x.y", "userId": "ana", "canDo": True},
    "/v1/shifts": SHIFT,
    "/v1/holidays": {"date": "2026-03-06", "name": "Feast"},
    "/v1/leaves": {"userId": "ana", "from": "2026-03-06", "to": "2026-03-06", "kind": "ill"},
    "/v1/devices": {"deviceId": "gate", "name": "Gate"},
    "/v1/agents": {"name": "edge"},
}
BARE = (
    "/currentuser", "/permissions", "/permissions/x.y", "/health", "/admin/health",
    "/openapi.json", "/attendance/all", "/getPostmanCollection",
)  # fmt: skip
CHANGES = {
    "/v1/locations": {"timezone": "UTC"},
    "/v1/users": {"fullname": "Newer"},
    "/v1/grants": {"canDo": False},
    "/v1/shifts": {"endTime": "18:00"},
    "/v1/leaves": {"kind": "rest"},
}


@dataclass(frozen=True)
class Told:
    """What an envelope has to say of itself."""

    status: str
    method: str
    action: str
    rows: int = 1


def check_envelope(answer, told: Told) -> None:
    body = answer.body
    assert (body["status"], body["statusCode"]) == ("OK", told.status)
    assert answer.status == int(told.status)
    assert (body["method"], body["action"]) == (told.method, told.action)
    for name in ("elapsedMs", "ssoTime", "rowCount"):
        assert type(body[name]) is int
        assert body[name] >= 0
    assert body["rowCount"] == told.rows
    assert (body["userId"], body["source"]) == ("olga", "db")
    for name in ("sessionId", "requestId", "dataName", "appVersion"):
        assert isinstance(body[name], str)
        assert body[name]
    names = ENVELOPE | {body["dataName"]} | (OF_LISTS if told.action == "list" else set())
    assert set(body) == names


@pytest.mark.parametrize("path", COLLECTIONS)
def test_every_route_answers_in_one_envelope(world, path):
    """“`status:"OK"`, `statusCode:"200"|"201"` (a string, as every route of the document shows),
    `elapsedMs` int, `ssoTime` int (ms spent on the session), `source:"db"|"cache"`, `cacheKey`,
    `userId`, `sessionId`, `requestId`, `dataName`, `method`, `action`
    (`create|update|get|list`), `appVersion`, `rowCount` int, then the object or list under
    `dataName`; lists add `paging {pageNumber,pageRowCount,totalRowCount,pageCount}`, `filters`
    (those applied), `uiPermissions` (what this session may do here).”
    """
    made = world.post("olga", path, COLLECTIONS[path])
    check_envelope(made, Told("201", "POST", "create"))
    name = made.body["dataName"]
    one = f"{path}/{made.body[name]['id']}"
    check_envelope(world.get("olga", one), Told("200", "GET", "get"))
    listed = world.get("olga", path)
    rows = listed.body[listed.body["dataName"]]
    check_envelope(listed, Told("200", "GET", "list", len(rows)))
    assert made.body[name]["id"] in {row["id"] for row in rows}
    assert listed.body["paging"] == {
        "pageNumber": 1, "pageRowCount": 25, "totalRowCount": len(rows), "pageCount": 1,
    }  # fmt: skip
    writes = {"/v1/shifts": "shifts.write"}.get(path, "directory.write")
    assert writes in listed.body["uiPermissions"]
    changed = world.ask("olga", "PATCH", one, body=CHANGES.get(path, {"name": "Other"}))
    check_envelope(changed, Told("200", "PATCH", "update"))
    assert world.ask("olga", "DELETE", one).body["action"] == "delete"


def test_writes_answer_the_plain_object(world, shift_id):
    """“Create, update and delete answer the plain object, never joins (delete: its last state).”"""
    body = {"shiftId": shift_id, "userId": "ana"}
    made = world.post("mia", "/v1/check-in", body).body["attendanceRecord"]
    gone = world.ask(
        "mia",
        "POST",
        "/v1/check-out",
        body={"attendanceRecordId": made["id"]},
        query={"getJoins": "true"},
    ).body["attendanceRecord"]
    absent = world.post("mia", "/v1/mark-absent", body | {"userId": "ben"})
    note = {"recordVersion": 2, "reason": "r", "managerNote": "n"}
    path = f"{LIST}/{made['id']}"
    corrected = world.ask("mia", "PATCH", path, body=note).body["attendanceRecord"]
    for record in (made, gone, absent.body["attendanceRecord"], corrected):
        assert list(record) == DOCUMENT_KEYS
    shift = world.post("mia", "/v1/shifts", SHIFT).body["shift"]
    removed = world.ask("mia", "DELETE", f"/v1/shifts/{shift['id']}").body["shift"]
    assert removed == shift | {"isActive": False, "updatedAt": removed["updatedAt"]}


def test_some_routes_have_no_envelope(world):
    """“Without an envelope, bare: `/login /logout /currentuser /permissions* /health
    /admin/health /openapi.json`, JWKS, `/attendance/all`, `POST /v1/punches`,
    `POST /v1/agents/enroll`, downloads.”
    """
    owner = own_company()
    body = {"email": owner.email, "password": "a-long-enough-password"}
    agent = SiteAgent(world.parts, f"{world.company}_site", company_id=str(world.company))
    code = world.post("olga", "/v1/agents", {"name": "edge"}).body["agent"]["enrollmentCode"]
    key = {"publicKey": "A" * 43, "hostname": "h", "version": "1"}
    bare = [
        ask(accounts, "POST", "/login", body=body),
        ask(accounts, "GET", "/.well-known/jwks.json"),
        *(world.get("olga", path) for path in BARE),
        ask(accounts, "POST", "/logout", token=owner.token),
        ask(ingest, "POST", "/v1/agents/enroll", body=key | {"enrollmentCode": code}),
        ask(lambda *_: ingest(agent.event(agent.batch()), CONTEXT), "POST", ""),
    ]
    for answer in bare:
        assert answer.status == 200, answer.text
        names = {"permissionName"} if isinstance(answer.body, list) else set(answer.body)
        assert not {"dataName", "elapsedMs", "statusCode"} & names
    assert set(bare[-1].body) == {"accepted", "duplicates", "rejected", "serverTime"}
    assert isinstance(bare[3].body, list)


def test_filters_permissions_and_owner_have_their_form(world):
    """“`filters`: `[{name,values}]`; `uiPermissions`: `[string]`; `_owner`: the employee's
    userId.”
    """
    world.record("ana")
    query = "userId=ana&userId=ben&status=PRESENT&date=2026-03-06"
    told = world.ask("mia", "GET", LIST, query=query).body
    assert told["filters"] == [
        {"name": "userId", "values": ["ana", "ben"]},
        {"name": "status", "values": ["present"]},
        {"name": "date", "values": ["2026-03-06"]},
    ]
    assert all(type(name) is str for name in told["uiPermissions"])
    assert told["attendanceRecords"][0]["_owner"] == "ana"
    own = world.get("ana", LIST).body
    assert (own["filters"], "attendance.correct" in own["uiPermissions"]) == ([], False)


def test_a_record_has_all_its_keys_for_every_reader(world, shift_id, publish):
    """“Keys of an attendance record: `id userId shiftId checkInTime checkOutTime status
    status_idx lateByMinutes absenceReason managerNote companyId isActive recordVersion createdAt
    updatedAt _owner`, all always present, `null` where empty or not for this reader's eyes
    (`managerNote` for employees, also in history and explain).”
    """
    body = {"shiftId": shift_id, "userId": "ana", "managerNote": "the note"}
    made = world.post("mia", "/v1/check-in", body).body["attendanceRecord"]
    path = f"{LIST}/{made['id']}"
    note = {"recordVersion": 1, "reason": "why", "managerNote": "the second note"}
    publish()
    assert world.ask("mia", "PATCH", path, body=note).status == 200
    publish()
    for reader, note_seen in (("mia", "the second note"), ("ana", None)):
        one = world.get(reader, path).body["attendanceRecord"]
        (row,) = world.get(reader, LIST, userId="ana").body["attendanceRecords"]
        for record in (one, row):
            assert list(record) == [*DOCUMENT_KEYS, "user", "shift"]
            assert record["managerNote"] == note_seen
            assert (record["checkOutTime"], record["absenceReason"]) == (None, None)
        history = world.get(reader, f"{path}/history").body["history"]
        assert [set(DOCUMENT_KEYS) <= version["after"].keys() for version in history] == [True] * 2
    for told in ("", "/history", "/explain"):
        assert "note" not in world.get("ana", path + told).text.replace("managerNote", "")
        assert "the second note" in world.get("mia", path + told).text
    gone = world.post("ana", "/v1/check-out", {"attendanceRecordId": made["id"]})
    assert gone.body["attendanceRecord"]["managerNote"] is None


def test_a_status_has_its_number(world):
    """“`status_idx`: pending 0, present 1, absent 2, late 3, leftEarly 4.”"""
    numbers = {"pending": 0, "present": 1, "absent": 2, "late": 3, "leftEarly": 4}
    for status in numbers:
        world.record("ana", shift_id=status, status=status)
    rows = world.get("mia", LIST).body["attendanceRecords"]
    assert {row["status"]: row["status_idx"] for row in rows} == numbers


def test_our_further_facts_stand_under_details(world, shift_id):
    """“Our further facts (worked minutes, early-leave minutes, explanation …) live under one key
    `details` **(decided)** so that the document's keys stay as they are.”
    """
    made = world.post("ana", "/v1/check-in", {"shiftId": shift_id}).body["attendanceRecord"]
    body = {"attendanceRecordId": made["id"]}
    record = world.post("ana", "/v1/check-out", body).body["attendanceRecord"]
    assert {"workedMinutes", "earlyLeaveMinutes", "overtimeMinutes"} <= record["details"].keys()
    assert list(record) == DOCUMENT_KEYS


def test_joins_are_single_objects(world):
    """“Joins are single objects on get and on list rows **(decided: the document's own
    one-to-one rule)**: `user {email,fullname,avatar}`,
    `shift {shiftDate,startTime,endTime,location,departmentId}`.”
    """
    seat = world.record("ana")
    one = world.get("mia", f"{LIST}/{seat.record_id}").body["attendanceRecord"]
    (row,) = world.get("mia", LIST).body["attendanceRecords"]
    for record in (one, row):
        assert list(record["user"]) == ["email", "fullname", "avatar"]
        names = ["shiftDate", "startTime", "endTime", "location", "departmentId"]
        assert list(record["shift"]) == names


def test_without_evidence_there_is_no_record_and_then_each_change_adds_one(world, shift_id):
    """“Before there is evidence or a decision there is no record: get answers 404, lists leave
    it out; the first is `recordVersion` 1, each committed change adds exactly 1.”
    """
    seat = next(
        s for s in world.parts.seats.of_shift(world.company, shift_id) if s.user_id == "ana"
    )
    path = f"{LIST}/{seat.record_id}"
    assert refusal(world.get("mia", path)) == (404, "notFound")
    assert world.get("mia", LIST).body["rowCount"] == 0
    made = world.post("ana", "/v1/check-in", {"shiftId": shift_id}).body["attendanceRecord"]
    assert (made["id"], made["recordVersion"]) == (seat.record_id, 1)
    world.post("ana", "/v1/check-in", {"shiftId": shift_id})
    body = {"attendanceRecordId": made["id"]}
    assert world.post("ana", "/v1/check-out", body).body["attendanceRecord"]["recordVersion"] == 2
    for version in (2, 3):
        change = {"recordVersion": version, "reason": "r", "managerNote": str(version)}
        told = world.ask("mia", "PATCH", path, body=change).body["attendanceRecord"]
        assert told["recordVersion"] == version + 1
    stale = world.ask("mia", "PATCH", path, body={"recordVersion": 3, "reason": "r"})
    assert refusal(stale) == (409, "versionConflict")
    assert world.get("mia", path).body["attendanceRecord"]["recordVersion"] == 4


def test_a_record_that_lost_its_evidence_stays_inactive_and_leaves_the_lists(
    world, shift_id, judge
):
    """“If all evidence is taken away again (number unmapped, assignment removed) the record
    stays with `isActive:false` and leaves the lists.”
    """
    made = world.post("ana", "/v1/check-in", {"shiftId": shift_id}).body["attendanceRecord"]
    path, query = f"/v1/shifts/{shift_id}/assignments", {"userIds": "ana"}
    assert world.ask("mia", "DELETE", path, query=query).status == 200
    judge("ana")
    found = world.get("mia", f"{LIST}/{made['id']}").body["attendanceRecord"]
    assert (found["isActive"], found["recordVersion"]) == (False, 2)
    for query in ({}, {"userId": "ana"}, {"shiftId": shift_id}, {"status": found["status"]}):
        assert world.get("mia", LIST, **query).body["paging"]["totalRowCount"] == 0


def test_a_new_company_comes_in_the_envelope_too():
    codename = fresh_codename()
    made = ask(accounts, "POST", "/tenantowners", body=owner_body(codename))
    assert set(made.body) == ENVELOPE | {"company", "user"}
    assert re.fullmatch("[0-9a-f]{32}", made.body["requestId"])
    assert (made.body["userId"], made.body["dataName"]) == (None, "company")
    token = log_in(owner_body(codename)["email"], "a-long-enough-password")
    query = {"requestId": uuid.uuid4().hex}
    assert ask(api, "GET", "/v1/company", token=token, query=query).body["dataName"] == "company"

"""`GET /v1/attendance-records` and `GET /v1/attendance-records/{id}`."""

from datetime import date

import pytest

LIST = "/v1/attendance-records"
DOCUMENT_KEYS = [
    "id", "userId", "shiftId", "checkInTime", "checkOutTime", "status", "status_idx",
    "lateByMinutes", "absenceReason", "managerNote", "companyId", "isActive", "recordVersion",
    "createdAt", "updatedAt", "_owner", "details",
]  # fmt: skip


def ids(answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [row["userId"] for row in answer.body["attendanceRecords"]]


def test_a_record_has_the_documents_keys_and_its_joins(world):
    seat = world.record("ana", status="late")
    answer = world.get("mia", f"{LIST}/{seat.record_id}")
    record = answer.body["attendanceRecord"]
    assert answer.status == 200
    assert list(record) == [*DOCUMENT_KEYS, "user", "shift"]
    assert record["status_idx"] == 3
    assert record["_owner"] == "ana"
    assert record["managerNote"] == "between managers"
    assert record["user"] == {
        "email": "ana@acme.example", "fullname": "Ana Person", "avatar": None,
    }  # fmt: skip
    assert record["shift"] == {
        "shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00",
        "location": "plant", "departmentId": "d1",
    }  # fmt: skip


def test_an_envelope_tells_what_was_asked_and_by_whom(world):
    seat = world.record("ana")
    answer = world.get("mia", f"{LIST}/{seat.record_id}", requestId="my-request")
    told = {k: v for k, v in answer.body.items() if k not in {"elapsedMs", "ssoTime", "sessionId"}}
    told.pop("attendanceRecord")
    assert told == {
        "status": "OK", "statusCode": "200", "source": "db", "cacheKey": None, "userId": "mia",
        "requestId": "my-request", "dataName": "attendanceRecord", "method": "GET",
        "action": "get", "appVersion": "0.0.0-test", "rowCount": 1,
    }  # fmt: skip


@pytest.mark.parametrize("query", [{"getJoins": "FALSE"}, {"excludeCQRS": "1"}])
def test_joins_can_be_left_out(world, query):
    seat = world.record("ana")
    answer = world.get("mia", f"{LIST}/{seat.record_id}", **query)
    assert list(answer.body["attendanceRecord"]) == DOCUMENT_KEYS
    listed = world.get("mia", LIST, **query).body["attendanceRecords"]
    assert list(listed[0]) == DOCUMENT_KEYS


def test_an_employee_reads_his_own_record_without_the_managers_note(world):
    seat = world.record("ana")
    answer = world.get("ana", f"{LIST}/{seat.record_id}")
    assert answer.body["attendanceRecord"]["managerNote"] is None
    (row,) = world.get("ana", LIST).body["attendanceRecords"]
    assert row["managerNote"] is None


def test_a_colleagues_record_is_not_for_an_employee(world):
    world.person("bob")
    seat = world.record("bob")
    answer = world.get("ana", f"{LIST}/{seat.record_id}")
    assert (answer.status, answer.body["message"]) == (401, "errMsg_notAuthorized")


def test_unknown_malformed_foreign_and_unmade_records_look_the_same(world, rival):
    foreign = rival.record("bob")
    unmade = world.seat("ana", shift_id="later")
    unknown = world.record("ana").record_id[:-4] + "AAAA"
    answers = [
        world.get(who, f"{LIST}/{record_id}")
        for who in ("mia", "ana")
        for record_id in (unmade.record_id, unknown, "nonsense", "a%2Fb", "x" * 900)
    ]
    answers.append(world.get("mia", f"{LIST}/{foreign.record_id}"))
    assert {(a.status, a.body["message"]) for a in answers} == {(404, "errMsg_notFound")}
    assert len({a.body["detail"] for a in answers}) == 1


def test_the_same_id_in_another_company_leads_to_nothing(world, rival):
    seat = rival.record("ana")
    assert world.get("mia", f"{LIST}/{seat.record_id}").status == 404
    assert rival.get("mia", f"{LIST}/{seat.record_id}").status == 200
    assert world.get("mia", LIST).body["paging"]["totalRowCount"] == 0


def test_records_come_newest_shift_first_and_every_page_is_exact(world):
    people = [f"p{n:02d}" for n in range(23)]
    for n, user_id in enumerate(people):
        world.record(user_id, day=date(2026, 3, 1 + n % 7))
    everything = world.get("mia", LIST, pageNumber=0)
    assert everything.body["paging"] == {
        "pageNumber": 0, "pageRowCount": 25, "totalRowCount": 23, "pageCount": 1,
    }  # fmt: skip
    days = [row["shift"]["shiftDate"] for row in everything.body["attendanceRecords"]]
    assert days == sorted(days, reverse=True)
    pages = [world.get("mia", LIST, pageNumber=n, pageRowCount=10) for n in (1, 2, 3, 4)]
    assert [page.body["rowCount"] for page in pages] == [10, 10, 3, 0]
    assert [user for page in pages for user in ids(page)] == ids(everything)
    assert {page.body["paging"]["totalRowCount"] for page in pages} == {23}
    assert {page.body["paging"]["pageCount"] for page in pages} == {3}


def test_filters_by_user_shift_status_and_day(world):
    world.record("ana", shift_id="s1", status="late", day=date(2026, 3, 1))
    world.record("ana", shift_id="s2", status="present", day=date(2026, 3, 2))
    world.record("bob", shift_id="s2", status="absent", day=date(2026, 3, 2), start="10:00")
    world.record("eve", shift_id="s3", status="late", day=date(2026, 3, 3))
    expected = {
        "userId=ana": ["ana", "ana"],
        "userId=ana&userId=bob": ["bob", "ana", "ana"],
        "userId=null": [],
        "userId=null&userId=eve": ["eve"],
        "shiftId=s2": ["bob", "ana"],
        "shiftId=s2&userId=ana": ["ana"],
        "shiftId=none": [],
        "status=LATE": ["eve", "ana"],
        "status=late&status=Absent": ["eve", "bob", "ana"],
        "status=null": [],
        "date=2026-03-02": ["bob", "ana"],
        "dateFrom=2026-03-02": ["eve", "bob", "ana"],
        "dateTo=2026-03-02&status=late": ["ana"],
        "dateFrom=2026-03-02&dateTo=2026-03-02": ["bob", "ana"],
        "date=2026-03-02&dateFrom=2026-03-03": [],
        "status=late&unknown=1&pageRowCount=1": ["eve"],
    }
    found = {query: ids(world.ask("mia", "GET", LIST, query=query)) for query in expected}
    assert found == expected


def test_the_filters_applied_are_told(world):
    query = "status=LATE&status=null&userId=ana&date=2026-03-02"
    answer = world.ask("mia", "GET", LIST, query=query)
    assert answer.body["filters"] == [
        {"name": "userId", "values": ["ana"]},
        {"name": "status", "values": ["late", None]},
        {"name": "date", "values": ["2026-03-02"]},
    ]
    assert "attendance.markAbsent" in answer.body["uiPermissions"]
    own = world.get("ana", LIST).body
    assert own["filters"] == []
    assert "attendance.markAbsent" not in own["uiPermissions"]
    assert "attendance.checkIn" in own["uiPermissions"]


def test_an_employee_sees_only_his_own_records_whatever_he_filters(world):
    world.record("ana")
    world.record("bob", shift_id="other")
    assert ids(world.get("ana", LIST)) == ["ana"]
    assert ids(world.get("ana", LIST, userId="bob")) == []
    assert ids(world.get("ana", LIST, userId=["bob", "ana"])) == ["ana"]
    assert ids(world.get("ana", LIST, shiftId="other")) == []
    assert world.get("ana", LIST, pageNumber=0).body["paging"]["totalRowCount"] == 1


def test_records_without_evidence_are_in_no_list(world):
    world.record("ana", is_active=False)
    world.seat("bob")
    for query in ({}, {"userId": "ana"}, {"shiftId": "day"}, {"status": "present"}):
        assert ids(world.get("mia", LIST, **query)) == []
    assert ids(world.get("ana", LIST)) == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("pageNumber=-1", "PageNumber"),
        ("pageNumber=one", "PageNumber"),
        ("pageNumber=1&pageNumber=2", "PageNumber"),
        ("pageRowCount=0", "PageRowCount"),
        ("pageRowCount=501", "PageRowCount"),
        ("getJoins=maybe", "GetJoins"),
        ("excludeCQRS=", "ExcludeCQRS"),
        ("caching=2", "Caching"),
        ("cacheTTL=-1", "CacheTTL"),
        ("status=asleep", "Status"),
        ("status=", "Status"),
        ("userId=a%23b", "UserId"),
        ("date=06.03.2026", "Date"),
        ("date=2026-02-30", "Date"),
        ("dateFrom=2026-03-02&dateTo=2026-03-01", "DateTo"),
    ],
)
def test_a_wrong_query_value_is_refused_by_name(world, query, word):
    answer = world.ask("mia", "GET", LIST, query=query)
    assert (answer.status, answer.body["message"]) == (400, f"errMsg_invalid{word}")
    assert answer.body["detail"].startswith(word[0].lower() + word[1:])


def test_everything_is_refused_when_it_is_more_than_five_megabytes(world, monkeypatch):
    world.record("ana")
    monkeypatch.setattr("attendance.services.rows.MAX_BYTES", 500)
    answer = world.get("mia", LIST, pageNumber=0)
    assert (answer.status, answer.body["message"]) == (400, "errMsg_invalidPageNumber")
    assert "page or filter" in answer.body["detail"]
    assert world.get("mia", LIST).status == 200


@pytest.mark.parametrize("query", [{}, {"status": "present"}])
def test_everything_is_refused_when_it_is_too_many_rows(world, monkeypatch, query):
    for user_id in ("ana", "bob", "eve"):
        world.record(user_id)
    monkeypatch.setattr("attendance.services.rows.MAX_ROWS", 2)
    assert world.get("mia", LIST, pageNumber=0, **query).status == 400
    assert world.get("mia", LIST, pageNumber=1, **query).body["paging"]["totalRowCount"] == 3


def test_nobody_without_a_session_reads_anything(world):
    seat = world.record("ana")
    for path in (LIST, f"{LIST}/{seat.record_id}", "/attendance/all", "/v1/punches"):
        answer = world.get(None, path)
        assert (answer.status, answer.body["message"]) == (401, "errMsg_loginRequired")


def test_the_same_routes_answer_under_the_documents_base_path(world):
    seat = world.record("ana")
    for path in (LIST, f"{LIST}/{seat.record_id}"):
        assert world.get("mia", f"/attendancemanagement-api{path}").status == 200

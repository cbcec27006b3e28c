"""rest-api.md section 3, row by row: what a refusal looks like, and when."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ConnectionClosedError

from accounts_api.app import lambda_handler as accounts
from attendance.adapters.items.base import TableItem
from attendance.times import from_iso, to_iso
from attendance_api.app import lambda_handler as api
from tests.accounts import fresh_codename, own_company, owner_body
from tests.http_events import ask
from tests.integration.attendance_api.test_actions import refusal
from tests.integration.rest_contract.shifts import lay_out

LIST = "/v1/attendance-records"
HOUR = timedelta(hours=1)


def word_of(answer) -> tuple[int, str]:
    """Status and word, of an answer whose body has the form of a refusal."""
    body = answer.body
    assert list(body) == ["result", "status", "message", "errCode", "date", "detail"]
    assert (body["result"], body["status"], body["errCode"]) == (
        "ERR",
        answer.status,
        answer.status,
    )
    assert re.fullmatch("errMsg_[a-z][A-Za-z]+", body["message"])
    assert abs(from_iso(body["date"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert body["detail"].endswith(".")
    assert " " in body["detail"]
    return refusal(answer)


def test_a_refusal_tells_a_word_and_a_sentence_and_nothing_of_ours(world, rival, shift_id):
    """“`{"result":"ERR","status":400,"message":"errMsg_…","errCode":400,"date":"ISO",
    "detail":"…"}`; `message` is a stable code word, `detail` a sentence for a person (which
    field, what was expected). No stack trace, no internal name, no other company's id.”
    """
    foreign = rival.record("ana").record_id
    rival.member("GROUP", "theirs", {"name": "g", "userIds": []})
    answers = {
        "checkInTime": world.post("ana", "/v1/check-in", {"shiftId": shift_id, "checkInTime": 1}),
        "userIds": world.post("mia", f"/v1/shifts/{shift_id}/assignments", {"userIds": "ana"}),
        "company.codename": ask(
            accounts, "POST", "/tenantowners", body=owner_body("a--b", email="a@b.example")
        ),
        "": world.get("mia", f"{LIST}/{foreign}"),
        "such": world.get("olga", "/v1/groups/theirs"),
    }
    for field, answer in answers.items():
        word_of(answer)
        assert field in answer.body["detail"]
        for internal in ("Traceback", ".py", "pydantic", "attendance.", "C#", str(rival.company)):
            assert internal not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "options", "word"),
    [
        ("POST", "/v1/check-in", {"raw_body": "{"}, "invalidBody"),
        ("POST", "/v1/check-in", {"raw_body": "[1]"}, None),
        ("POST", "/v1/check-in", {"body": {}}, "invalidShiftId"),
        ("POST", "/v1/check-in", {"body": {"shiftId": 7}}, "invalidShiftId"),
        (
            "POST",
            "/v1/check-in",
            {"body": {"shiftId": "day", "checkInTime": "2026-03-06T09:00:00"}},
            "invalidCheckInTime",
        ),
        ("POST", "/v1/check-in", {"body": {"shiftId": "day", "status": "ill"}}, "invalidStatus"),
        ("GET", LIST, {"query": "status=ill"}, "invalidStatus"),
        ("GET", LIST, {"query": "pageRowCount=501"}, "invalidPageRowCount"),
        ("GET", LIST, {"query": "pageNumber=-1"}, "invalidPageNumber"),
        ("GET", "/attendance/all", {"query": "date=6.3.2026"}, "invalidDate"),
    ],
)
def test_a_400_names_what_is_wrong(world, method, path, options, word):
    """“| 400 | malformed JSON, unknown enum, missing or wrong-typed field, time without an offset,
    unknown query value, page out of bounds |”
    """
    status, found = word_of(world.ask("ana", method, path, **options))
    assert status == 400
    assert found == (word or found)


@pytest.mark.parametrize(
    ("path", "query", "detail"),
    [
        (LIST, "status=late&status=ill", "status: expected one of pending, present, absent, late,"),
        (LIST, "userId=a%23b", "userId: expected text of the form "),
        ("/attendance/all", "limit=1&limit=2", "limit: expected one value."),
    ],
)
def test_a_400_calls_a_parameter_as_the_client_does(world, path, query, detail):
    answer = world.ask("mia", "GET", path, query=query)
    assert word_of(answer)[0] == 400
    assert answer.body["detail"].startswith(detail)


def test_a_400_says_what_was_expected_in_words_of_its_own(world, shift_id):
    people = {"userIds": [f"u{number}" for number in range(101)]}
    body = {"email": "a@b.example", "fullname": "A", "roleId": "boss"}
    told = {
        f"/v1/shifts/{shift_id}/assignments": (
            people,
            "userIds: expected at most 100 items, not 101.",
        ),
        "/v1/users": (
            body,
            "roleId: expected one of superAdmin, saasAdmin, saasUser, tenantAdmin,",
        ),
    }
    for path, (sent, detail) in told.items():
        answer = world.post("olga", path, sent)
        assert word_of(answer)[0] == 400
        assert answer.body["detail"].startswith(detail)


def test_a_401_tells_who_is_missing_from_who_may_not(world, rival):
    """“| 401 | no token, bad/expired token, token of another company, **and** a role that may not
    do this (the document puts both under 401; `message` tells `errMsg_loginRequired` from
    `errMsg_notAuthorized`) |”
    """
    token = world.token("ana")
    assert word_of(ask(api, "GET", LIST)) == (401, "loginRequired")
    for bad in (token + "x", token[:-4], "x", "a.b.c"):
        assert word_of(ask(api, "GET", LIST, token=bad)) == (401, "invalidToken")
    elsewhere = {"headers": {"companyId": str(rival.company)}}
    assert word_of(ask(api, "GET", LIST, token=token, **elsewhere)) == (401, "notAuthorized")
    for method, path, body in (
        ("POST", "/v1/mark-absent", {"userId": "ana", "shiftId": "s"}),
        ("POST", "/v1/users", {"email": "a@b.example", "fullname": "A", "roleId": "employee"}),
        ("POST", "/v1/policy/simulate", {}),
        ("POST", "/v1/punches/release", {"ids": ["x"], "reason": "r"}),
    ):
        answer = world.ask("ana", method, path, body=body)
        assert word_of(answer) == (401, "notAuthorized")
    assert word_of(world.get("mia", "/v1/companies")) == (401, "notAuthorized")


def test_a_404_does_not_tell_why(world, rival):
    """“| 404 | not found, malformed id, or found in a company that is not yours
    (indistinguishable) |”
    """
    theirs = {
        LIST: rival.record("ana").record_id,
        "/v1/users": "theirs",
        "/v1/shifts": "theirs",
        "/v1/groups": "theirs",
        "/v1/devices": "theirs",
    }
    rival.person("theirs")
    rival.shift("theirs", datetime.now(UTC))
    rival.member("GROUP", "theirs", {"name": "g", "userIds": []})
    rival.device("theirs", "T")
    for path, foreign in theirs.items():
        told = []
        for object_id in (foreign, "unknown", "a%23b", "x" * 300):
            for method in ("GET", "DELETE") if path != LIST else ("GET",):
                answer = world.ask("olga", method, f"{path}/{object_id}")
                assert word_of(answer) == (404, "notFound")
                told.append(answer.body["detail"])
        assert len(set(told)) == 1


def test_a_409_says_that_things_stand_otherwise(world, shift_id):
    """“| 409 | already checked in / out, record changed meanwhile (`recordVersion`), codename or
    email taken **(decided)** |”
    """
    body = {"shiftId": shift_id}
    record = world.post("ana", "/v1/check-in", body).body["attendanceRecord"]
    assert word_of(world.post("ana", "/v1/check-in", body)) == (409, "alreadyCheckedIn")
    gone = {"attendanceRecordId": record["id"]}
    world.post("ana", "/v1/check-out", gone)
    assert word_of(world.post("ana", "/v1/check-out", gone)) == (409, "alreadyCheckedOut")
    stale = {"recordVersion": 1, "reason": "r"}
    answer = world.ask("mia", "PATCH", f"{LIST}/{record['id']}", body=stale)
    assert word_of(answer) == (409, "versionConflict")
    codename = fresh_codename()
    own_company(codename)
    taken = owner_body(codename, email="else@where.example")
    answer = ask(accounts, "POST", "/tenantowners", body=taken)
    assert word_of(answer) == (409, "codenameTaken")
    user = {"email": world.users["ana"].email.upper(), "fullname": "A", "roleId": "employee"}
    world.post("olga", "/v1/users", {**user, "userId": "first", "email": "a@b.example"})
    answer = world.post("olga", "/v1/users", {**user, "email": "A@B.example"})
    assert word_of(answer) == (409, "emailTaken")


def test_large_bodies_other_types_and_haste_have_answers_of_their_own(world):
    """“| 413 · 415 · 429 | body over 1 MB · not JSON · throttled by us, with `Retry-After`
    **(decided)**. What API Gateway itself refuses (its own 413, 429, 503) has its own body |”
    """
    path, kind = "/v1/groups", {"content-type": "application/json; charset=utf-8"}
    wrapped = len('{"name":"g","x":""}')
    most = json.dumps({"name": "g", "x": "y" * (1_000_000 - wrapped)}, separators=(",", ":"))
    assert world.ask("olga", "POST", path, raw_body=most, headers=kind).status == 201
    more = most.replace('"x":"', '"x":"y', 1)
    assert word_of(world.ask("olga", "POST", path, raw_body=more, headers=kind))[0] == 413
    for other in ("text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""):
        answer = world.ask(
            "olga", "POST", path, raw_body='{"name":"g"}', headers={"content-type": other}
        )
        assert word_of(answer) == (415, "unsupportedMediaType")
    loud = {"content-type": "Application/JSON;charset=UTF-8"}
    assert world.ask("olga", "POST", path, raw_body='{"name":"g"}', headers=loud).status == 201
    packed = world.ask(
        "olga", "POST", path, body={"name": "g"}, headers={"content-encoding": "gzip"}
    )
    assert word_of(packed) == (415, "unsupportedMediaType")
    assert "Content-Encoding" in packed.body["detail"]
    body = {"email": own_company().email, "password": "not the password"}
    for _ in range(5):
        assert word_of(ask(accounts, "POST", "/login", body=body)) == (401, "invalidCredentials")
    throttled = ask(accounts, "POST", "/login", body=body)
    assert word_of(throttled)[0] == 429
    assert int(throttled.headers["Retry-After"]) >= 1


def test_what_fails_on_our_side_is_a_500_or_a_503(world, monkeypatch):
    """“| 500 · 503 | ours · a dependency is throttling; safe to retry |”"""

    def broken(*_args, **_kwargs):
        raise RuntimeError("secret words of ours")

    with monkeypatch.context() as patch:
        patch.setattr("attendance_api.routes.attendance_records.list_records", broken)
        answer = world.get("mia", LIST)
    assert word_of(answer) == (500, "internal")
    assert "secret words" not in answer.text
    events = TableItem._get_connection().connection.client.meta.events

    def lose(request, **_):
        raise ConnectionClosedError(endpoint_url=request.url)

    events.register("before-send.dynamodb", lose)
    try:
        assert word_of(world.get("mia", LIST))[0] == 503
    finally:
        events.unregister("before-send.dynamodb", lose)
    assert world.get("mia", LIST).status == 200


@pytest.fixture
def refusals(world) -> dict[str, object]:
    """A refusal for each word of 400 that has no field, and of 409."""
    now = datetime.now(UTC)
    shift, early = lay_out(world), lay_out(world, 6 * HOUR)
    ended = lay_out(world, -4 * HOUR, lasts=HOUR)
    record = world.post("ana", "/v1/check-in", {"shiftId": shift}).body["attendanceRecord"]
    yesterday = {"shiftId": ended, "userId": "ana", "checkInTime": to_iso(now - 4 * HOUR)}
    absent = world.post("mia", "/v1/mark-absent", {"shiftId": ended, "userId": "ana"})
    path = f"{LIST}/{record['id']}"
    nobody_there = {"attendanceRecordId": absent.body["attendanceRecord"]["id"]}
    no_window = {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "08:59"}

    def correct(**body):
        return world.ask("mia", "PATCH", path, body={"recordVersion": 1, **body})

    return {
        "notAssigned": world.post("ben", "/v1/check-in", {"shiftId": shift}),
        "tooEarly": world.post("ana", "/v1/check-in", {"shiftId": early}),
        "shiftEnded": world.post("mia", "/v1/check-in", {"shiftId": ended}),
        "checkoutBeforeCheckin": correct(reason="r", checkOutTime=to_iso(now - 9 * HOUR)),
        "reasonRequired": correct(),
        "invalidShift": world.post("mia", "/v1/shifts", no_window),
        "alreadyCheckedIn": world.post("mia", "/v1/mark-absent", {**yesterday, "shiftId": shift}),
        "markedAbsent": world.post("mia", "/v1/check-in", yesterday),
        "userNotFound": world.post("mia", "/v1/check-in", {**yesterday, "userId": "nobody"}),
        "versionConflict": correct(recordVersion=9, reason="r"),
        "shiftOverlap": world.post(
            "mia",
            f"/v1/shifts/{lay_out(world, people=())}/assignments",
            {"userIds": ["ana"]},
        ),
        "notFound": world.post("ana", "/v1/check-out", {"attendanceRecordId": "nonsense"}),
        "notAuthorized": world.get("ben", path),
        "markedAbsent ": world.post("mia", "/v1/check-out", nobody_there),
    }


def test_every_word_is_the_one_of_the_page(world, refusals):
    """“Words: `errMsg_` + 400 `notAssigned userInactive tooEarly shiftEnded shiftClosed
    checkoutBeforeCheckin reasonRequired invalidShift companyRequired invalid…` · 401
    `loginRequired invalidToken invalidCredentials notAuthorized` (the what-if's FORBIDDEN is
    `notAuthorized`; a colleague's record asked for by an employee too) · 404 `notFound
    userNotFound` · 409 `alreadyCheckedIn alreadyCheckedOut notCheckedIn markedAbsent
    versionConflict shiftOverlap deviceUserIdTaken codenameTaken emailTaken idTaken
    idempotencyMismatch`.”
    """
    for word, answer in refusals.items():
        assert word_of(answer)[1] == word.strip(), word
    statuses = {word.strip(): answer.status for word, answer in refusals.items()}
    conflicts = {"alreadyCheckedIn", "markedAbsent", "versionConflict", "shiftOverlap"}
    assert {word for word, status in statuses.items() if status == 409} == conflicts
    assert {word for word, status in statuses.items() if status == 404} == {
        "notFound",
        "userNotFound",
    }
    user = {"email": "c@d.example", "fullname": "C", "roleId": "employee", "deviceUserIds": ["7"]}
    assert world.post("olga", "/v1/users", user | {"userId": "cleo"}).status == 201
    for change, word in (
        ({"email": "d@d.example"}, "deviceUserIdTaken"),
        ({"deviceUserIds": []}, "emailTaken"),
        ({"userId": "cleo", "email": "e@d.example", "deviceUserIds": []}, "idTaken"),
    ):
        assert word_of(world.post("olga", "/v1/users", user | change)) == (409, word)


def test_an_automatic_absence_was_never_checked_in_and_who_left_is_inactive(world, judge):
    """`notCheckedIn`, `userInactive` and `shiftClosed`, which take more than one request."""
    ended = lay_out(world, -5 * HOUR, lasts=HOUR, people=("ana", "ben"))
    seat = next(s for s in world.parts.seats.of_shift(world.company, ended) if s.user_id == "ana")
    path = f"/v1/users/{world.users['ben'].user_id}"
    assert world.ask("olga", "DELETE", path).status == 200
    body = {"shiftId": ended, "userId": "ben", "checkInTime": to_iso(seat.shift.starts_at)}
    assert word_of(world.post("mia", "/v1/check-in", body)) == (400, "userInactive")
    marked = {"recordVersion": 1, "reason": "r", "status": "present"}
    absent = world.post("mia", "/v1/mark-absent", {"shiftId": ended, "userId": "ana"})
    record = absent.body["attendanceRecord"]
    corrected = world.ask("mia", "PATCH", f"{LIST}/{record['id']}", body=marked)
    assert corrected.status == 200
    gone = {"attendanceRecordId": record["id"]}
    assert word_of(world.post("mia", "/v1/check-out", gone))[1] in {"notCheckedIn", "markedAbsent"}
    long_ago = datetime.now(UTC) - timedelta(days=2)
    world.shift("old", long_ago, hours=1)
    world.seat("mia", "old", long_ago.date(), f"{long_ago:%H:%M}")
    came = {"shiftId": "old", "checkInTime": to_iso(long_ago)}
    made = world.post("mia", "/v1/check-in", came).body["attendanceRecord"]
    late = world.post("mia", "/v1/check-out", {"attendanceRecordId": made["id"]})
    assert word_of(late) == (400, "shiftClosed")


def test_without_a_session_two_routes_have_their_own_words(world):
    """“`/currentuser` and `/permissions*` without a session: 401
    `{"status":"ERR","message":"No login found"}`.”
    """
    for path in ("/currentuser", "/permissions", "/permissions/attendance.checkIn"):
        for token in (None, "bad.token.here"):
            answer = ask(api, "GET", path, token=token)
            assert answer.status == 401
            assert answer.body == {"status": "ERR", "message": "No login found"}
    assert world.get("ana", "/currentuser").status == 200

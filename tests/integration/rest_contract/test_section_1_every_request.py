"""rest-api.md section 1, row by row: what holds for every request."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from accounts_api.app import lambda_handler as accounts
from attendance.http.api import BASE_PATH
from attendance_api.app import lambda_handler as api
from attendance_api.openapi.body_examples import BODY_EXAMPLES
from local.choices import Choices
from tests.accounts import SUPER_ADMIN, log_in, own_company
from tests.http_events import ask
from tests.integration.attendance_api.test_actions import refusal

LIST = "/v1/attendance-records"
TOKEN = "workforceos-access-token"


def operations() -> list[tuple[str, str]]:
    """Every operation of the document, by methods and paths that can be asked."""
    document = ask(api, "GET", "/openapi.json").body
    return [
        (method.upper(), re.sub(r"\{[^}]*\}", "x", path))
        for path, methods in document["paths"].items()
        for method in methods
        if not path.startswith(("/admin", "/v1/punches"))
    ]


def test_the_same_routes_are_on_the_local_port_and_under_the_base_path(parts):
    """“| Local address | `http://localhost:3002` (the port the service document names); on AWS
    the API's URL or a custom domain. The same paths on both, and again under the prefix
    `/attendancemanagement-api` (the document's base path). |”
    """
    assert Choices.from_environment({}).base_url == "http://localhost:3002"
    assert BASE_PATH == "/attendancemanagement-api"
    accounts_paths = ("/login", "/logout", "/refresh", "/tenantowners", "/.well-known")
    told = operations()
    assert len(told) > 60
    for method, path in told:
        handler = accounts if path.startswith(accounts_paths) else api
        plain, prefixed = (ask(handler, method, base + path) for base in ("", BASE_PATH))
        same = (plain.status, plain.headers["Content-Type"])
        assert same == (prefixed.status, prefixed.headers["Content-Type"]), path
        assert plain.status != 404 or path.startswith(("/iclock", "/web")), path


def places(good: str, codename: str) -> list[dict]:
    """The five places of a token, in order, each as options of a request."""
    return [
        {"query": {"access_token": good}},
        {"headers": {"Authorization": f"Bearer {good}"}},
        {"headers": {TOKEN: good}},
        {"headers": {f"{TOKEN}-{codename}": good}},
        {"cookies": {f"{TOKEN}-{codename}": good}},
    ]


def merged(first: dict, second: dict) -> dict:
    names = first.keys() | second.keys()
    return {name: {**first.get(name, {}), **second.get(name, {})} for name in names}


def test_the_first_place_of_a_token_wins_also_when_its_token_is_bad(world):
    """“| Token, first found wins | 1 query `access_token` · 2 `Authorization: Bearer` · 3 header
    `workforceos-access-token` · 4 header `workforceos-access-token-{companyCodename}` · 5 cookie
    `workforceos-access-token-{companyCodename}`. A token found first but invalid is 401: no later
    place is tried. **(decided)** |”
    """
    codename = str(world.company)
    ana, mia = (places(world.token(who), codename) for who in ("ana", "mia"))
    bad = places("no.token.atall", codename)
    for place in range(5):
        told = ask(api, "GET", "/currentuser", **ana[place])
        assert (told.status, told.body["userId"]) == (200, "ana")
        for later in range(place + 1, 5):
            found = ask(api, "GET", "/currentuser", **merged(ana[place], mia[later]))
            assert found.body["userId"] == "ana"
            spoilt = ask(api, "GET", LIST, **merged(bad[place], mia[later]))
            assert refusal(spoilt) == (401, "invalidToken")


def test_the_company_is_named_once_in_header_or_query_or_is_the_sessions_own(world, rival):
    """“| Company (tenant) | header `companyId`, else query `companyId` **(decided: the document
    leaves the header's name blank)**, else the session's own company, else the root tenant.
    Naming a company that the session does not belong to is 401 unless the session is superAdmin.
    Header and query that differ: 400. Several company cookies and no `companyId`: 400
    `errMsg_companyRequired`. |”
    """
    own, other = str(world.company), str(rival.company)
    seat = rival.record("ana")
    root = log_in(**SUPER_ADMIN)

    def company(token: str, **named) -> object:
        answer = ask(api, "GET", "/currentuser", token=token, **named)
        return answer.body.get("companyId", answer.status)

    header, query = {"headers": {"companyId": own}}, {"query": {"companyId": own}}
    assert [company(world.token("ana"), **n) for n in (header, query, {}, {**header, **query})] == [
        own
    ] * 4
    assert company(root) == "00000000-0000-0000-0000-000000000000"
    assert company(root, headers={"companyId": other}) == other
    found = ask(api, "GET", f"{LIST}/{seat.record_id}", token=root, query={"companyId": other})
    assert found.status == 200
    for named in ({"headers": {"companyId": other}}, {"query": {"companyId": other}}):
        answer = ask(api, "GET", LIST, token=world.token("olga"), **named)
        assert refusal(answer) == (401, "notAuthorized")
    both = {"headers": {"companyId": own}, "query": {"companyId": other}}
    for token in (world.token("ana"), root):
        assert refusal(ask(api, "GET", LIST, token=token, **both)) == (400, "invalidCompanyId")
    cookies = {f"{TOKEN}-{c.company}": c.token("ana") for c in (world, rival)}
    assert refusal(ask(api, "GET", LIST, cookies=cookies)) == (400, "companyRequired")
    chosen = ask(api, "GET", "/currentuser", cookies=cookies, headers={"companyId": other})
    assert chosen.body["companyId"] == other


def test_a_body_may_leave_the_user_to_the_session(world, shift_id):
    """“| Session parameters | `userId` is bound from the session where a body may omit it. |”"""
    made = world.post("ana", "/v1/check-in", {"shiftId": shift_id})
    assert made.body["attendanceRecord"]["userId"] == "ana"
    assert world.post("mia", "/v1/check-in", {"shiftId": shift_id}).status == 201


def test_joins_are_on_by_default_and_can_be_left_out(world):
    """“| Common query parameters | `getJoins` (default true: `user` and `shift` objects on get
    and list; false: main fields only) · `excludeCQRS` (true drops the joins that come from
    projections) ·”
    """
    path = f"{LIST}/{world.record('ana').record_id}"

    def joins(query: dict) -> list[set]:
        one = world.get("mia", path, **query).body["attendanceRecord"]
        (row,) = world.get("mia", LIST, **query).body["attendanceRecords"]
        return [{"user", "shift"} & found.keys() for found in (one, row)]

    for query in ({}, {"getJoins": "true"}, {"excludeCQRS": "false"}):
        assert joins(query) == [{"user", "shift"}] * 2
    for query in ({"getJoins": "false"}, {"excludeCQRS": "true"}):
        assert joins(query) == [set(), set()]


def test_a_request_has_an_id_everywhere(world, shift_id, caplog, publish):
    """“`requestId` (given or a fresh 32-hex; echoed in the envelope, in every log line and on
    every event caused) ·”
    """
    fresh = world.get("ana", LIST).body["requestId"]
    assert re.fullmatch("[0-9a-f]{32}", fresh)
    assert fresh != world.get("ana", LIST).body["requestId"]
    caplog.clear()
    given = f"given-{uuid.uuid4()}"
    path, body = "/v1/check-in", {"shiftId": shift_id}
    made = world.ask("ana", "POST", path, body=body, query={"requestId": given})
    refused = world.ask("ana", "POST", path, body=body, query={"requestId": given})
    assert (made.body["requestId"], refused.status) == (given, 409)
    assert [record.request_id for record in caplog.records] == [given, given]
    sent = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            type(world.parts.bus), "publish", lambda _bus, events: sent.extend(list(events))
        )
        publish()
    mine = [event for event in sent if event.company_id == str(world.company)]
    assert {event.detail_type for event in mine} >= {"attendance.checkedIn", "attendance.late"}
    assert {event.request_id for event in mine} == {given}


def test_lists_take_caching_and_show_a_write_within_two_seconds(world):
    """“`caching` (default true), `cacheTTL` seconds (default 300), lists only; a cached answer
    says `"source":"cache"` and its `cacheKey`, is dropped by the company's own writes; lists and
    totals show a write within 2 s **(decided)** ·”
    """
    for query in ({}, {"caching": "false"}, {"cacheTTL": "1"}, {"caching": "1", "cacheTTL": "0"}):
        world.post("olga", "/v1/groups", {"name": f"g{len(query)}"})
        world.record("ana", shift_id=f"s{uuid.uuid4().hex}")
        for path in ("/v1/groups", LIST):
            for _ in range(2):
                told = world.get("mia", path, **query).body
                assert (told["source"] == "cache") == (told["cacheKey"] is not None)
        before = world.get("mia", LIST, **query).body["paging"]["totalRowCount"]
        groups = world.get("mia", "/v1/groups", **query).body["rowCount"]
        made = world.post("olga", "/v1/groups", {"name": "night"}).body["group"]["id"]
        world.record("ben", shift_id=f"s{uuid.uuid4().hex}")
        deadline = datetime.now(UTC) + timedelta(seconds=2)
        while datetime.now(UTC) < deadline:
            after = world.get("mia", LIST, **query).body["paging"]["totalRowCount"]
            rows = world.get("mia", "/v1/groups", **query).body["groups"]
            if after == before + 1 and len(rows) == groups + 1:
                break
        assert after == before + 1
        assert made in {row["id"] for row in rows}
    for query, word in (("caching=maybe", "Caching"), ("cacheTTL=long", "CacheTTL")):
        answer = world.ask("mia", "GET", LIST, query=query)
        assert refusal(answer) == (400, f"invalid{word}")


@pytest.mark.parametrize("path", [LIST, "/v1/groups", "/v1/users", "/v1/punches"])
def test_pages_have_their_bounds(world, path, monkeypatch):
    """“`pageNumber` (default 1; 0 = everything, up to 10,000 rows or 5 MB; more is a 400 that says
    to page or filter) · `pageRowCount` (default 25, 1–500 **(decided)**) |”
    """
    for number in range(3):
        world.record("ana", shift_id=f"s{number}")
        world.member("GROUP", f"g{number}", {"name": "g", "userIds": []})
        world.punch(f"2026-03-06 09:0{number}:00")
    paging = world.get("mia", path).body["paging"]
    assert (paging["pageNumber"], paging["pageRowCount"]) == (1, 25)
    total = paging["totalRowCount"]
    assert total >= 3
    assert world.get("mia", path, pageNumber=0).body["rowCount"] == total
    assert world.get("mia", path, pageRowCount=500).status == 200
    assert world.get("mia", path, pageRowCount=1, pageNumber=total).body["rowCount"] == 1
    assert world.get("mia", path, pageRowCount=1, pageNumber=total + 1).body["rowCount"] == 0
    bad = {"pageNumber": ("-1", "abc", "1.5", ""), "pageRowCount": ("0", "501", "-1", "abc", "")}
    for name, values in bad.items():
        for value in values:
            answer = world.get("mia", path, **{name: value})
            assert refusal(answer) == (400, f"invalid{name[0].upper()}{name[1:]}")
            assert name in answer.body["detail"]
    for limit, most in (("MAX_ROWS", total - 1), ("MAX_BYTES", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(f"attendance.services.rows.{limit}", most)
            answer = world.get("mia", path, pageNumber=0, caching="false")
            assert answer.status == 400, (path, limit)
            assert "page or filter" in answer.body["detail"]
            assert world.get("mia", path).status == 200


def test_a_key_asks_for_one_answer(world, rival, shift_id):
    """“| `Idempotency-Key` | header on any POST: the same key and body get the same answer for
    24 h (also after a lost reply); the same key with another body is 409 **(decided)**; scoped to
    company, user and route; not on `/login`, `/tenantowners` |”
    """
    headers = {"Idempotency-Key": str(uuid.uuid4())}

    def send(where, who: str, path: str, body: dict):
        return where.ask(who, "POST", path, body=body, headers=headers)

    for path, body in (
        ("/v1/holidays", {"date": "2026-03-06", "name": "Feast"}),
        ("/v1/policy/simulate", BODY_EXAMPLES["post", "/v1/policy/simulate"]),
        ("/v1/shifts", {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}),
    ):
        first = send(world, "olga", path, body)
        assert send(world, "olga", path, body).text == first.text
        other = send(world, "olga", path, {**body, "more": 1})
        assert refusal(other) == (409, "idempotencyMismatch")
        elsewhere = send(rival, "olga", path, body)
        assert elsewhere.body["requestId"] != first.body["requestId"]
    assert send(world, "mia", "/v1/check-in", {"shiftId": shift_id}).status == 201
    assert send(world, "ana", "/v1/check-in", {"shiftId": shift_id}).status == 201
    owner = own_company()
    body = {"email": owner.email, "password": "wrong-password"}
    for _ in range(2):
        assert ask(accounts, "POST", "/login", body=body, headers=headers).status == 401
    body["password"] = "a-long-enough-password"
    assert ask(accounts, "POST", "/login", body=body, headers=headers).status == 200


def test_a_key_of_a_rehearsal_is_not_good_for_the_real_import(world):
    """A dry run and the import itself have one body and are two requests."""
    headers = {"Idempotency-Key": str(uuid.uuid4()), "content-type": "text/csv"}
    path, text = "/v1/imports/shifts", "shiftDate,startTime,endTime\n2026-03-06,09:00,17:00\n"

    def send(query: str):
        return world.ask("olga", "POST", path, raw_body=text, query=query, headers=headers)

    tried = send("dryRun=true")
    assert send("dryRun=TRUE&requestId=another&unheardOf=1").text == tried.text
    for other in ("", "dryRun=false", "dryRun=true&allOrNothing=true"):
        assert refusal(send(other)) == (409, "idempotencyMismatch")


def test_unknown_names_are_ignored(world, shift_id):
    """“| Unknown | body fields and query names that no page names are ignored |”"""
    assert world.get("mia", LIST, unheardOf="1", sortBy="name").status == 200
    for who, path, body in (
        ("ana", "/v1/check-in", {"shiftId": shift_id}),
        ("olga", "/v1/groups", {"name": "g"}),
        ("olga", "/v1/policy", {"policy": {}, "effectiveFrom": "2026-01-01"}),
        ("mia", f"/v1/shifts/{shift_id}/assignments", {"userIds": ["olga"]}),
    ):
        made = world.post(who, path, {**body, "unheardOf": {"a": [1]}})
        assert made.status == 201, made.text
        assert "unheardOf" not in json.dumps(made.body[made.body["dataName"]])


def test_booleans_come_in_four_words_and_any_case(world):
    """“| Booleans | `true/false/1/0`, any case; anything else 400 |”"""
    path = f"{LIST}/{world.record('ana').record_id}"
    for word, joined in {"TRUE": 1, "True": 1, "1": 1, "FALSE": 0, "fAlse": 0, "0": 0}.items():
        told = world.get("mia", path, getJoins=word).body["attendanceRecord"]
        assert ("user" in told) == bool(joined)
    for word in ("yes", "on", "2", "", "null", "tru"):
        assert refusal(world.get("mia", path, getJoins=word)) == (400, "invalidGetJoins")
        refused = world.get("mia", "/v1/punches", matched=word)
        assert refusal(refused) == (400, "invalidMatched")
    grant = {"permissionName": "x.y", "userId": "ana"}
    for word, can_do in {"TRUE": True, "0": False, 1: True, False: False}.items():
        made = world.post("olga", "/v1/grants", {**grant, "canDo": word})
        assert made.body["grant"]["canDo"] is can_do
    for word in ("yes", 2, None, 1.0, []):
        refused = world.post("olga", "/v1/grants", {**grant, "canDo": word})
        assert refusal(refused) == (400, "invalidCanDo")


def test_times_have_an_offset_both_ways(world, shift_id):
    """“| Times | ISO 8601 with an offset in and out (`2026-03-06T09:15:23.000Z` out); a time
    without an offset is 400, except device punches (see `punches.md`) |”
    """
    now = datetime.now(UTC).replace(microsecond=0)
    plain, shifted = now.replace(tzinfo=None).isoformat(), now + timedelta(hours=2)
    body = {"shiftId": shift_id, "checkInTime": plain}
    for bad in (plain, now.date().isoformat(), "09:15", 1772787600, "2026-13-06T09:15:23Z"):
        refused = world.post("ana", "/v1/check-in", {**body, "checkInTime": bad})
        assert refusal(refused) == (400, "invalidCheckInTime"), bad
    body["checkInTime"] = shifted.replace(tzinfo=None).isoformat() + "+02:00"
    record = world.post("ana", "/v1/check-in", body).body["attendanceRecord"]
    assert record["checkInTime"] == now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(form, record["createdAt"])
    leave = {"userId": "ana", "from": plain, "to": plain, "kind": "x"}
    assert world.post("olga", "/v1/leaves", leave).status == 400

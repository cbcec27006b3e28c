"""rest-api.md section 7, row by row: what lets the service stand alone."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from attendance.errors import InvalidError
from attendance.inputs.directory_event import DirectoryEvent
from attendance.model.punch import PunchOutcome
from attendance.services.projection.project_event import project_event
from attendance.times import from_iso
from attendance_api.app import lambda_handler as api
from ingest_punches.app import lambda_handler as ingest
from tests.accounts import SUPER_ADMIN, fresh_codename, log_in
from tests.http_events import CONTEXT, answer_of, ask
from tests.integration.attendance_api.test_actions import refusal
from tests.integration.ingest.conftest import SiteAgent, a_report

DAY = {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def user(**changes) -> dict:
    email = f"{uuid.uuid4().hex[:8]}@acme.example"
    return {"email": email, "fullname": "New Person", "roleId": "employee", **changes}


COLLECTIONS = {
    "/v1/locations": (
        {"location": "plant", "timezone": "Europe/Madrid"},
        {"timezone": "UTC"},
        None,
    ),
    "/v1/users": (user(), {"fullname": "Other"}, "userId"),
    "/v1/groups": ({"name": "night"}, {"name": "day"}, None),
    "/v1/grants": (
        {"permissionName": "x.y", "userId": "ana", "canDo": True},
        {"canDo": False},
        None,
    ),
    "/v1/shifts": (DAY, {"endTime": "18:00"}, "shiftId"),
    "/v1/holidays": ({"date": "2026-03-06", "name": "Feast"}, {"name": "Fair"}, None),
    "/v1/leaves": (
        {"userId": "ana", "from": "2026-03-06", "to": "2026-03-07", "kind": "ill"},
        {"kind": "rest"},
        None,
    ),
    "/v1/devices": ({"deviceId": "gate", "name": "Gate"}, {"name": "Door"}, "deviceId"),
    "/v1/agents": ({"name": "edge"}, {"name": "other"}, "agentId"),
}


def make(world, path: str, body: dict | None = None, who: str = "olga") -> dict:
    made = world.post(who, path, COLLECTIONS[path][0] if body is None else body)
    assert made.status == 201, made.text
    shown: dict = made.body[made.body["dataName"]]
    return shown


@pytest.mark.parametrize("path", COLLECTIONS)
def test_admins_write_managers_read_employees_read_their_own(world, path):
    """“Users, shifts and assignments belong to sibling services in the document; a company
    without those needs them here. Same envelope, same error body; `tenantAdmin` writes, `manager`
    reads (and writes shifts and assignments), an employee reads his own.”
    """
    body, change, _ = COLLECTIONS[path]
    one = f"{path}/{make(world, path)['id']}"
    manages = path == "/v1/shifts"
    for who in ("mia", "ana"):
        wrote = [
            world.post(who, path, user() if path == "/v1/users" else {**body, "name": "n"}),
            world.ask(who, "PATCH", one, body=change),
        ]
        for answer in wrote:
            if manages and who == "mia":
                assert answer.status in {200, 201}
            else:
                assert refusal(answer) == (401, "notAuthorized")
        if not manages or who == "ana":
            assert refusal(world.ask(who, "DELETE", one)) == (401, "notAuthorized")
    assert (world.get("mia", path).status, world.get("mia", one).status) == (200, 200)
    own = world.get("ana", path)
    if path in {"/v1/users", "/v1/shifts", "/v1/leaves"}:
        rows = own.body[own.body["dataName"]]
        assert all(row.get("userId", "ana") == "ana" for row in rows)
        assert len(rows) == {"/v1/users": 1, "/v1/shifts": 0, "/v1/leaves": 1}[path]
    else:
        assert refusal(own) == (401, "notAuthorized")
        assert refusal(world.get("ana", one)) == (401, "notAuthorized")


@pytest.mark.parametrize("path", COLLECTIONS)
def test_every_collection_has_the_same_five_routes(world, path):
    """“Each collection: POST 201, GET list (paged), GET one, PATCH 200, DELETE 200
    (`action:"delete"`, soft: `isActive:false`, then GET is 404). `dataName` singular for one,
    plural for lists. Objects carry `id` and the same value under
    `userId|shiftId|deviceId|agentId`.”
    """
    _, change, id_name = COLLECTIONS[path]
    made = world.post("olga", path, COLLECTIONS[path][0])
    name = made.body["dataName"]
    shown = made.body[name]
    one = f"{path}/{shown['id']}"
    assert (made.status, made.body["action"]) == (201, "create")
    if id_name:
        assert shown[id_name] == shown["id"]
    listed = world.get("olga", path, pageRowCount=1)
    assert (listed.body["dataName"], listed.body["paging"]["pageRowCount"]) == (
        path.removeprefix("/v1/"),
        1,
    )
    assert listed.body["dataName"].startswith(name)
    got = world.get("olga", one)
    assert (got.status, got.body["dataName"]) == (200, name)
    patched = world.ask("olga", "PATCH", one, body=change)
    assert (patched.status, patched.body["action"]) == (200, "update")
    assert {key: patched.body[name][key] for key in change} == change
    kept = {"updatedAt", *change}
    before = {key: value for key, value in got.body[name].items() if key not in kept}
    assert {key: patched.body[name][key] for key in before} == before
    removed = world.ask("olga", "DELETE", one)
    assert (removed.status, removed.body["action"]) == (200, "delete")
    assert removed.body[name]["isActive"] is False
    for method in ("GET", "DELETE", "PATCH"):
        answer = world.ask("olga", method, one, body=change if method == "PATCH" else None)
        assert refusal(answer) == (404, "notFound")
    rows = world.get("olga", path, pageNumber=0).body
    assert shown["id"] not in {row["id"] for row in rows[rows["dataName"]]}


def test_a_patch_keeps_what_is_absent_clears_what_is_null_and_moves_no_id(world):
    """What PATCH means is the same for every collection (section 4 says it of records)."""
    group = make(world, "/v1/groups", {"name": "g", "userIds": ["ana"]})
    agent = make(world, "/v1/agents", {"name": "e", "location": "plant", "deviceIds": ["gate"]})
    person = make(world, "/v1/users", user(deviceUserIds=["7"], departmentId="d"))
    shift = make(world, "/v1/shifts", DAY | {"location": "plant"})
    for path, shown, cleared in (
        ("/v1/groups", group, {"userIds": []}),
        ("/v1/agents", agent, {"deviceIds": [], "location": None}),
        ("/v1/users", person, {"deviceUserIds": [], "departmentId": None}),
        ("/v1/shifts", shift, {"location": None}),
    ):
        one = f"{path}/{shown['id']}"
        kept = world.ask("olga", "PATCH", one, body={}).body
        assert {n: kept[kept["dataName"]][n] for n in cleared} == {n: shown[n] for n in cleared}
        told = world.ask("olga", "PATCH", one, body=dict.fromkeys(cleared)).body
        assert {n: told[told["dataName"]][n] for n in cleared} == cleared
    for path, shown, name in (("/v1/users", person, "userId"), ("/v1/shifts", shift, "shiftId")):
        one = f"{path}/{shown['id']}"
        refused = world.ask("olga", "PATCH", one, body={name: "another"})
        assert refusal(refused) == (400, f"invalid{name[0].upper()}{name[1:]}")
        assert world.ask("olga", "PATCH", one, body={name: shown["id"]}).status == 200


def test_clients_may_choose_ids(world):
    """“Ids given by the client: `^[A-Za-z0-9_-]{1,64}$`; else made as UUIDs. |”"""
    bodies = {
        "/v1/users": ("userId", user),
        "/v1/shifts": ("shiftId", lambda: dict(DAY)),
    }
    for path, (name, body) in bodies.items():
        assert re.fullmatch(UUID, make(world, path, body())["id"])
        for good in ("a", "A_b-9", "x" * 64):
            assert make(world, path, body() | {name: good})["id"] == good
            again = world.post("olga", path, body() | {name: good})
            assert refusal(again) == (409, "idTaken")
        for bad in ("", "x" * 65, "a b", "a#b", "á", "a\n", "a/b", 7):
            refused = world.post("olga", path, body() | {name: bad})
            assert refusal(refused) == (400, f"invalid{name[0].upper()}{name[1:]}"), bad


def test_a_company_is_its_own_peoples_and_all_are_the_services(world):
    """“| `/v1/company` (`company`) | GET, PATCH `{name,timezone,oidc:{issuer,audience}}`;
    superAdmin and saasAdmin: `/v1/companies` |”
    """
    for who in ("olga", "mia", "ana"):
        told = world.get(who, "/v1/company").body
        assert (told["dataName"], told["company"]["id"]) == ("company", str(world.company))
    change = {"name": "Acme Two", "timezone": "Europe/Madrid"}
    patched = world.ask("olga", "PATCH", "/v1/company", body=change).body["company"]
    assert {name: patched[name] for name in change} == change
    oidc = {"issuer": "https://id.acme.example", "audience": "a"}
    trusted = world.ask("olga", "PATCH", "/v1/company", body={"oidc": oidc}).body["company"]
    assert (trusted["oidc"], trusted["name"]) == (oidc, "Acme Two")
    for who in ("mia", "ana"):
        assert world.ask(who, "PATCH", "/v1/company", body=change).status == 401
    for bad in ({"timezone": "Mars/One"}, {"name": ""}, {"oidc": {"issuer": "x"}}):
        assert world.ask("olga", "PATCH", "/v1/company", body=bad).status == 400
    root = log_in(**SUPER_ADMIN)
    body = {"name": "New", "codename": fresh_codename(), "timezone": "UTC"}
    made = ask(api, "POST", "/v1/companies", token=root, body=body).body["company"]
    path = f"/v1/companies/{made['id']}"
    assert ask(api, "GET", path, token=root).body["company"]["codename"] == body["codename"]
    assert ask(api, "PATCH", path, token=root, body={"suspended": True}).status == 200
    assert ask(api, "DELETE", path, token=root).body["action"] == "delete"
    for who in ("olga", "mia", "ana"):
        assert refusal(world.get(who, "/v1/companies")) == (401, "notAuthorized")


def test_a_site_is_its_name_and_has_a_clock(world):
    """“| `/v1/locations` (`location`) | `{location,timezone}`: a site is its name; shifts and
    devices name it; without one, the company's zone |”
    """
    site = make(world, "/v1/locations", {"location": "plant", "timezone": "America/New_York"})
    assert (site["location"], site["timezone"]) == ("plant", "America/New_York")
    again = world.post("olga", "/v1/locations", {"location": "plant", "timezone": "UTC"})
    assert refusal(again) == (409, "idTaken")
    there, nowhere = (
        make(world, "/v1/shifts", DAY | place) for place in ({"location": "plant"}, {})
    )
    make(world, "/v1/devices", {"deviceId": "gate", "name": "G", "location": "plant"})
    assert there["location"] == "plant"
    starts = {}
    for shift, people in ((there, ["ana"]), (nowhere, ["ben"])):
        path = f"/v1/shifts/{shift['id']}/assignments"
        assert world.post("mia", path, {"userIds": people}).status == 201
        (seat,) = world.parts.seats.of_shift(world.company, shift["id"])
        starts[people[0]] = seat.shift.starts_at.hour
    assert starts == {"ana": 14, "ben": 9}


def test_a_person_has_the_documents_fields_and_numbers_of_his_own(world):
    """“| `/v1/users` (`user`) | `{userId?,email,fullname,avatar?,roleId,departmentId?,
    deviceUserIds:[str],password?,employedFrom?,employedTo?}`; a device number twice in a company:
    409 `errMsg_deviceUserIdTaken` |”
    """
    whole = user(
        userId="cleo",
        avatar="https://pictures.example/c.png",
        departmentId="d1",
        deviceUserIds=["7", "008"],
        password="a-long-enough-password",
        employedFrom="2026-01-01",
        employedTo="2026-12-31",
    )
    shown = make(world, "/v1/users", whole)
    assert {name: shown[name] for name in whole if name != "password"} == {
        name: value for name, value in whole.items() if name != "password"
    }
    assert "assword" not in str(shown)
    for path, body in (("/v1/users", user(deviceUserIds=["7"])),):
        assert refusal(world.post("olga", path, body)) == (409, "deviceUserIdTaken")
    taken = world.ask("olga", "PATCH", "/v1/users/ben", body={"deviceUserIds": ["008"]})
    assert refusal(taken) == (409, "deviceUserIdTaken")
    for bad in (
        {"email": "x"}, {"fullname": ""}, {"roleId": "boss"}, {"deviceUserIds": "7"},
        {"deviceUserIds": [7]}, {"password": "short"}, {"employedFrom": "1.1.2026"},
        {"employedFrom": "2026-02-01", "employedTo": "2026-01-01"}, {"avatar": "javascript:x"},
    ):  # fmt: skip
        assert world.post("olga", "/v1/users", user(**bad)).status == 400, bad
    missing = user()
    del missing["roleId"]
    assert refusal(world.post("olga", "/v1/users", missing)) == (400, "invalidRoleId")
    cleared = world.ask("olga", "PATCH", "/v1/users/cleo", body={"departmentId": None})
    assert cleared.body["user"]["departmentId"] is None
    assert cleared.body["user"]["avatar"] == whole["avatar"]


def test_groups_and_grants_have_their_fields(world):
    """“| `/v1/groups`, `/v1/grants` | `{name,userIds}` ·
    `{permissionName,roleId?|userId?|groupId?,objectId?,canDo}` |”
    """
    group = make(world, "/v1/groups", {"name": "g", "userIds": ["ana", "ben"]})
    assert (group["name"], group["userIds"]) == ("g", ["ana", "ben"])
    assert world.post("olga", "/v1/groups", {"name": "g", "userIds": ["nobody"]}).status == 404
    name = {"permissionName": "x.y", "canDo": False}
    for subject in ({"roleId": "employee"}, {"userId": "ana"}, {"groupId": group["id"]}):
        shown = make(world, "/v1/grants", name | subject | {"objectId": "o"})
        expected = name | subject | {"objectId": "o"}
        assert {key: shown[key] for key in expected} == expected
    for bad in ({}, {"roleId": "employee", "userId": "ana"}, {"roleId": "boss"}):
        assert world.post("olga", "/v1/grants", name | bad).status == 400, bad
    assert world.post("olga", "/v1/grants", name | {"userId": "nobody"}).status == 404


def test_a_shift_is_a_day_and_two_times_and_the_day_stays(world):
    """“| `/v1/shifts` (`shift`) | `{shiftId?,shiftDate,startTime "HH:MM",endTime "HH:MM" (≤ start
    = next day),location,departmentId,timezone?}`; `shiftDate` cannot change once somebody is
    assigned (400) |”
    """
    whole = DAY | {
        "shiftId": "s1", "location": "plant", "departmentId": "d", "timezone": "Asia/Tokyo",
    }  # fmt: skip
    shown = make(world, "/v1/shifts", whole)
    assert {name: shown[name] for name in whole} == whole
    night = make(world, "/v1/shifts", DAY | {"startTime": "22:00", "endTime": "06:00"})
    assert world.post(
        "mia", f"/v1/shifts/{night['id']}/assignments", {"userIds": ["ana"]}
    ).status == 201  # fmt: skip
    (seat,) = world.parts.seats.of_shift(world.company, night["id"])
    assert seat.shift.ends_at - seat.shift.starts_at == timedelta(hours=8)
    one, moved = f"/v1/shifts/{night['id']}", {"shiftDate": "2026-03-07"}
    refused = world.ask("mia", "PATCH", one, body=moved)
    assert refusal(refused) == (400, "invalidShiftDate")
    same = world.ask("mia", "PATCH", one, body={"shiftDate": "2026-03-06", "endTime": "05:00"})
    assert same.status == 200
    world.ask("mia", "DELETE", f"{one}/assignments", query={"userIds": "ana"})
    assert world.ask("mia", "PATCH", one, body=moved).status == 200
    for bad in (
        {"startTime": "9:00"}, {"endTime": "24:00"}, {"startTime": "09:00:00"},
        {"shiftDate": "06.03.2026"}, {"timezone": "Mars/One"}, {"startTime": None},
    ):  # fmt: skip
        assert world.post("mia", "/v1/shifts", DAY | bad).status == 400, bad


def test_assignments_are_all_or_nothing(world):
    """“| `/v1/shifts/{shiftId}/assignments` (`assignments`) | POST adds 201, PUT replaces 200,
    DELETE `?userIds=` 200; `{userIds:[…]}` ≤ 100, all or nothing; rows `{userId,shiftId}`; overlap
    for a person 409 `errMsg_shiftOverlap` |”
    """
    shift = make(world, "/v1/shifts")["id"]
    path = f"/v1/shifts/{shift}/assignments"

    def people() -> list[str]:
        told = world.get("mia", path).body
        assert told["dataName"] == "assignments"
        assert all(set(row) == {"userId", "shiftId"} for row in told["assignments"])
        return [row["userId"] for row in told["assignments"]]

    added = world.post("mia", path, {"userIds": ["ana", "ben"]})
    assert (added.status, added.body["action"]) == (201, "create")
    assert added.body["assignments"] == [{"userId": u, "shiftId": shift} for u in ("ana", "ben")]
    assert world.post("mia", path, {"userIds": ["mia"]}).status == 201
    assert people() == ["ana", "ben", "mia"]
    put = world.ask("mia", "PUT", path, body={"userIds": ["olga"]})
    assert (put.status, put.body["action"], people()) == (200, "update", ["olga"])
    gone = world.ask("mia", "DELETE", path, query={"userIds": ["olga"]})
    assert (gone.status, gone.body["action"], people()) == (200, "delete", [])
    refused = world.post("mia", path, {"userIds": ["ana", "nobody"]})
    assert refusal(refused) == (404, "userNotFound")
    other = make(world, "/v1/shifts", DAY | {"startTime": "16:59", "endTime": "18:00"})["id"]
    assert world.post("mia", f"/v1/shifts/{other}/assignments", {"userIds": ["ben"]}).status == 201
    for method in ("POST", "PUT"):
        overlap = world.ask("mia", method, path, body={"userIds": ["ana", "ben"]})
        assert refusal(overlap) == (409, "shiftOverlap")
    assert people() == []
    touching = make(world, "/v1/shifts", DAY | {"startTime": "18:00", "endTime": "19:00"})["id"]
    after = world.post("mia", f"/v1/shifts/{touching}/assignments", {"userIds": ["ben"]})
    assert after.status == 201
    many = [f"u{number}" for number in range(101)]
    assert refusal(world.post("mia", path, {"userIds": many})) == (400, "invalidUserIds")
    for number in range(100):
        world.person(many[number])
    assert world.post("mia", path, {"userIds": many[:100]}).status == 201
    assert world.get("mia", path, pageNumber=0).body["rowCount"] == 100
    assert refusal(world.post("mia", "/v1/shifts/none/assignments", {"userIds": ["ana"]}))[0] == 404
    own = world.get("u5", path).body["assignments"]
    assert own == [{"userId": "u5", "shiftId": shift}]


def test_holidays_and_leaves_have_their_fields(world):
    """“| `/v1/holidays`, `/v1/leaves` | `{date,name,location?}` · `{userId,from,to,kind}` |”"""
    holiday = make(world, "/v1/holidays", {"date": "2026-03-06", "name": "F", "location": "plant"})
    assert (holiday["date"], holiday["location"]) == ("2026-03-06", "plant")
    assert make(world, "/v1/holidays")["location"] is None
    leave = make(world, "/v1/leaves")
    assert (leave["userId"], leave["from"], leave["to"], leave["kind"]) == (
        "ana", "2026-03-06", "2026-03-07", "ill",
    )  # fmt: skip
    body = COLLECTIONS["/v1/leaves"][0]
    hours = {"from": "2026-03-06T09:00:00+02:00", "to": "2026-03-06T12:00:00.5Z"}
    timed = make(world, "/v1/leaves", body | hours)
    told = ("2026-03-06T07:00:00.000Z", "2026-03-06T12:00:00.500Z")
    assert (timed["from"], timed["to"]) == told
    for bad in ({"from": "2026-03-08"}, {"from": "x"}, {"to": None}, {"userId": None}):
        refused = world.post("olga", "/v1/leaves", body | bad)
        assert (refused.status, "isoformat" in refused.text) == (400, False)
    assert refusal(world.post("olga", "/v1/leaves", body | {"userId": "nobody"}))[0] == 404
    for bad in ({"date": "2026-02-30"}, {"name": None}):
        assert (
            world.post("olga", "/v1/holidays", {"date": "2026-03-06", "name": "F"} | bad).status
            == 400
        )


def test_a_terminal_is_a_persons_word_or_waits_for_one(world):
    """“| `/v1/devices` (`device`) | `{deviceId,name,serialNumber?,location,timezone?,direction?,
    agentId?}`; read-only health; made by a person = approved; first seen in a report =
    `isNew:true`, its punches held until PATCH `{approved:true}`; POST `…/push-token` shows an ADMS
    token once |”
    """
    whole = {
        "deviceId": "gate", "name": "Gate", "serialNumber": "A1", "location": "plant",
        "timezone": "Europe/Madrid", "direction": "in",
    }  # fmt: skip
    shown = make(world, "/v1/devices", {**whole, "health": {"ok": False}, "isNew": True})
    assert {name: shown[name] for name in whole} == whole
    assert (shown["approved"], shown["isNew"], shown["health"]) == (True, False, None)
    for bad in ({"direction": "up"}, {"timezone": "X/Y"}, {"agentId": "none"}, {"name": None}):
        refused = world.post("olga", "/v1/devices", whole | {"deviceId": "g2"} | bad)
        assert refused.status == 400, bad
    agent = SiteAgent(world.parts, f"{world.company}_site", company_id=str(world.company))
    row = {
        "device_id": "yard", "user_id": "5", "timestamp": "2026-03-06 09:00:00", "status": 1,
        "punch": 0,
    }  # fmt: skip
    batch = agent.batch(row, devices=[a_report("yard")])
    status, receipt = answer_of(ingest(agent.event(batch), CONTEXT))
    assert (status, receipt["accepted"]) == (200, 1)
    seen = world.get("olga", "/v1/devices/yard").body["device"]
    assert (seen["isNew"], seen["approved"], seen["health"]["ok"]) == (True, False, True)
    spoilt = {"health": {"ok": False}, "approved": True}
    approved = world.ask("olga", "PATCH", "/v1/devices/yard", body=spoilt).body["device"]
    assert (approved["isNew"], approved["approved"], approved["health"]["ok"]) == (
        False, True, True,
    )  # fmt: skip
    token = world.post("olga", "/v1/devices/yard/push-token", {}).body["pushToken"]["token"]
    assert len(token) >= 22
    assert token not in world.get("olga", "/v1/devices/yard").text
    assert token not in world.get("olga", "/v1/devices").text


def test_an_agent_comes_with_a_code_and_leaves_by_delete(world):
    """“| `/v1/agents` (`agent`) | `{name,location?,deviceIds?}` → `agent` with `enrollmentCode`,
    `expiresAt`; DELETE revokes |”
    """
    body = {"name": "edge", "location": "plant", "deviceIds": ["gate"]}
    made = make(world, "/v1/agents", body)
    assert {name: made[name] for name in body} == body
    left = from_iso(made["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)
    one = f"/v1/agents/{made['id']}"
    assert "enrollmentCode" not in world.get("olga", one).body["agent"]
    key = {"publicKey": "A" * 43, "hostname": "h", "version": "1"}
    code = key | {"enrollmentCode": made["enrollmentCode"]}
    enrolled = ask(ingest, "POST", "/v1/agents/enroll", body=code)
    assert enrolled.body["agentId"] == made["id"]
    assert world.ask("olga", "DELETE", one).body["agent"]["isActive"] is False
    assert ask(ingest, "POST", "/v1/agents/enroll", body=code).status == 401


def test_a_policy_has_versions_of_which_one_is_in_force(world):
    """“| `/v1/policy` (`policy`) | GET the one in force, POST
    `{policy,effectiveFrom,location?,departmentId?}` makes a version, GET `/v1/policy/versions`;
    `/simulate`, `/preview` (`simulate.md`) |”
    """
    first = world.get("mia", "/v1/policy").body
    assert (first["dataName"], first["policy"]["version"]) == ("policy", 0)

    def add(grace: int, since: str = "2026-01-01", **scope) -> int:
        body = {"policy": {"lateGraceMinutes": grace}, "effectiveFrom": since, **scope}
        version: int = make(world, "/v1/policy", body)["version"]
        return version

    def in_force(**query) -> int:
        grace: int = world.get("mia", "/v1/policy", **query).body["policy"]["policy"][
            "lateGraceMinutes"
        ]
        return grace

    assert [add(1), add(2, "2026-06-01"), add(3, location="plant"), add(4, departmentId="d")] == [
        1, 2, 3, 4,
    ]  # fmt: skip
    assert in_force() == 2
    assert in_force(date="2026-02-01") == 1
    assert in_force(date="2026-02-01", location="plant") == 3
    assert in_force(date="2026-02-01", departmentId="d") == 4
    versions = world.get("mia", "/v1/policy/versions").body
    assert [row["version"] for row in versions["policies"]] == [4, 3, 2, 1]
    assert versions["paging"]["totalRowCount"] == 4
    sound = {"policy": {}, "effectiveFrom": "2026-01-01"}
    for bad in (
        {"policy": {"lateGraceMinutes": "ten"}}, {"policy": {"lateGraceMinutes": -1}},
        {"policy": {"openStatus": "maybe"}}, {"policy": {"countEarlyArrival": "yes"}},
        {"policy": []}, {"effectiveFrom": "soon"}, {"effectiveFrom": None},
    ):  # fmt: skip
        assert world.post("olga", "/v1/policy", sound | bad).status == 400, bad
    assert world.get("mia", "/v1/policy/versions").body["paging"]["totalRowCount"] == 4
    assert refusal(world.post("mia", "/v1/policy", sound)) == (401, "notAuthorized")
    days = {"dateFrom": "2026-03-01", "dateTo": "2026-03-07"}
    preview = world.post("mia", "/v1/policy/preview", {"policy": {}, **days})
    assert preview.status == 200, preview.text
    simulated = world.post("mia", "/v1/policy/simulate", {"shifts": [], "events": []})
    assert simulated.status in {200, 400}


def test_punches_are_listed_filtered_and_released(world):
    """“| `/v1/punches` (`punches`) | GET, filters `matched userId deviceId date`; POST is the
    agents'; POST `/v1/punches/release` `{ids|filter,reason}` takes punches out of quarantine |”
    """
    world.device("gate", "Gate")
    owned = world.ask("olga", "PATCH", "/v1/users/ben", body={"deviceUserIds": ["77"]})
    assert owned.status == 200
    one = world.punch("2026-03-06 09:00:00", number="77")
    world.applied(one, "ben", "day")
    held = world.punch("2026-03-07 09:00:00", "yard", number="78")
    kept_aside = PunchOutcome(outcome="futureClock", user_id=None, shift_id=None)
    world.parts.punches.set_outcome(held, kept_aside)

    def found(**query) -> list[str]:
        told = world.get("mia", "/v1/punches", **query).body
        assert told["dataName"] == "punches"
        assert {entry["name"] for entry in told["filters"]} == set(query)
        return [row["timestamp"] for row in told["punches"]]

    assert found() == ["2026-03-07 09:00:00", "2026-03-06 09:00:00"]
    for query, day in (
        ({"matched": "true"}, 6), ({"matched": "0"}, 7), ({"userId": "ben"}, 6),
        ({"deviceId": "yard"}, 7), ({"date": "2026-03-06"}, 6),
        ({"matched": "1", "deviceId": "yard"}, None),
    ):  # fmt: skip
        assert found(**query) == ([] if day is None else [f"2026-03-0{day} 09:00:00"]), query
    unsigned = ask(ingest, "POST", "/v1/punches", body={"batchId": "b"})
    assert unsigned.status == 401
    for bad in ({"ids": [held.punch_id]}, {"ids": ["x"], "filter": {}, "reason": "r"}):
        assert world.post("mia", "/v1/punches/release", bad).status == 400
    body = {"ids": [held.punch_id], "reason": "clock"}
    assert refusal(world.post("ana", "/v1/punches/release", body)) == (401, "notAuthorized")
    assert world.post("mia", "/v1/punches/release", body).body["release"]["released"] == 1


@pytest.mark.parametrize(
    ("collection", "good", "bad"),
    [
        ("users", "email,fullname,roleId\na@b.example,A,employee\n", "x,X,employee\n"),
        ("shifts", "shiftDate,startTime,endTime\n2026-03-06,09:00,17:00\n", "soon,09:00,17:00\n"),
        ("assignments", "shiftId,userId\nday,olga\n", "day,nobody\n"),
    ],
)
def test_files_come_in_row_by_row_or_whole(world, shift_id, collection, good, bad):
    """“| `/v1/imports/{users,shifts,assignments}` | `text/csv`, `?dryRun=true`; answer: rows good,
    rows bad with line, field, reason; good ones in, unless `?allOrNothing=true` |”
    """
    path = f"/v1/imports/{collection}"
    rows = {"assignments": f"/v1/shifts/{shift_id}/assignments"}.get(
        collection, f"/v1/{collection}"
    )

    def send(text: str, **query) -> dict:
        headers = {"content-type": "text/csv"}
        answer = world.ask("olga", "POST", path, raw_body=text, query=query, headers=headers)
        assert answer.status == 200, answer.text
        told: dict = answer.body["import"]
        return told

    def count() -> int:
        total: int = world.get("olga", rows).body["paging"]["totalRowCount"]
        return total

    before = count()
    tried = send(good + bad, dryRun="TRUE")
    assert (tried["good"], tried["applied"], len(tried["bad"]), count()) == (1, 0, 1, before)
    (told,) = tried["bad"]
    assert (told["line"], bool(told["field"]), bool(told["reason"])) == (3, True, True)
    whole = send(good + bad, allOrNothing="true")
    assert (whole["applied"], len(whole["bad"]), count()) == (0, 1, before)
    mixed = send(good + bad)
    assert (mixed["good"], mixed["applied"], len(mixed["bad"])) == (1, 1, 1)
    assert count() == before + 1
    as_json = world.post("olga", path, {"rows": []})
    assert as_json.status == 415
    refused = world.ask(
        "olga", "POST", path, raw_body=good, query="dryRun=maybe",
        headers={"content-type": "text/csv"},
    )  # fmt: skip
    assert refusal(refused) == (400, "invalidDryRun")


def test_the_same_facts_arrive_as_events_with_the_same_validation(world):
    """“The same facts also arrive as EventBridge events from sibling services (`events.md`), same
    validation.”
    """

    def tell(kind: str, version: int, data: dict) -> None:
        detail = {"companyId": str(world.company), "version": version, "data": data}
        event = {"detail-type": f"{kind}.upserted", "detail": detail}
        project_event(world.parts, DirectoryEvent.model_validate(event))

    told = user(userId="told")
    posted = make(world, "/v1/users", user(userId="posted"))
    tell("user", 1, told)
    arrived = world.get("olga", "/v1/users/told").body["user"]
    assert arrived.keys() == posted.keys()
    assert {name: arrived[name] for name in told} == told
    tell("shift", 1, DAY | {"shiftId": "told"})
    tell("shiftAssignment", 1, {"shiftId": "told", "userId": "told"})
    (row,) = world.get("mia", "/v1/shifts/told/assignments").body["assignments"]
    assert row == {"userId": "told", "shiftId": "told"}
    for number, (kind, path, body, bad) in enumerate(
        (
            ("user", "/v1/users", user, {"email": "x"}),
            ("user", "/v1/users", user, {"deviceUserIds": [7]}),
            ("user", "/v1/users", user, {"roleId": "boss"}),
            ("shift", "/v1/shifts", lambda **more: DAY | more, {"endTime": "25:00"}),
            ("shift", "/v1/shifts", lambda **more: DAY | more, {"shiftDate": "soon"}),
        )
    ):
        data = body(**{f"{kind}Id": f"new-{number}", **bad})
        refused = world.post("olga", path, data)
        with pytest.raises(InvalidError) as event_refused:
            tell(kind, 1, data)
        assert refusal(refused) == (400, event_refused.value.word)
        assert refused.body["detail"] == event_refused.value.detail

"""`Idempotency-Key` when a function ends between its commit and its answer."""

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from attendance.adapters import kept_answers
from attendance.adapters.account_keys import kept_answer_key
from attendance.adapters.punches import PunchStore
from attendance.adapters.seal import Seal
from attendance.adapters.table import Table
from attendance.http import answer_once
from attendance.model.punch import PunchOutcome
from attendance_api.app import lambda_handler as api
from tests.accounts import SUPER_ADMIN, fresh_codename, log_in
from tests.http_events import ask
from tests.integration.attendance_api.test_actions import refusal
from tests.integration.attendance_api.world import World

KEY = "0d5c7a1e-9b1f-4c55-8a55-2f1f7f0f6a11"
HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


class KilledError(BaseException):
    """Nothing of the process runs after this."""


@dataclass(frozen=True)
class Asked:
    """A request that somebody sends with a key."""

    path: str
    body: Any
    who: str = "olga"
    content_type: str = "application/json"

    def send(self, world: World, key: str = KEY):
        headers = {"Idempotency-Key": key, "content-type": self.content_type}
        options = {"raw_body": self.body} if isinstance(self.body, str) else {"body": self.body}
        return world.ask(self.who, "POST", self.path, headers=headers, **options)


@pytest.fixture
def kill_before_keeping(monkeypatch):
    """The process ends when its answer is ready; gives the answers that were lost."""

    @contextmanager
    def kill():
        lost = []

        def end(_store, _claim, answer, _seal):
            lost.append(answer)
            raise KilledError

        with monkeypatch.context() as patch:
            patch.setattr(answer_once, "_keep", end)
            with pytest.raises(KilledError):
                yield lost

    return kill


@pytest.fixture
def kill_after(monkeypatch):
    """The process ends right after its first commit by a method of a store."""

    @contextmanager
    def kill(owner: type, verb: str):
        whole = getattr(owner, verb)

        def end(*args, **kwargs):
            whole(*args, **kwargs)
            raise KilledError

        with monkeypatch.context() as patch:
            patch.setattr(owner, verb, end)
            patch.setattr(kept_answers.AnswerStore, "give_up", lambda *_args: None)
            with pytest.raises(KilledError):
                yield

    return kill


@pytest.fixture
def time_passes(monkeypatch):
    """Until claims without an answer are given up."""

    def pass_by():
        monkeypatch.setattr(kept_answers, "GIVEN_UP_AFTER", timedelta(seconds=-1))

    return pass_by


def plain(answer_body: str) -> dict[str, Any]:
    """A body without what measures this very call."""
    told = json.loads(answer_body)
    return {k: v for k, v in told.items() if k not in {"elapsedMs", "ssoTime"}}


SHIFT = {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
USERS_FILE = "email,fullname,roleId\nnew@acme.example,New,employee\nno,No,employee\n"
SHIFTS_FILE = "shiftDate,startTime,endTime\n2026-03-06,09:00,17:00\n"
CASES = [
    Asked("/v1/check-in", {"shiftId": "day"}, "ana"),
    Asked("/v1/check-in", {"shiftId": "day", "userId": "ben", "managerNote": "n"}, "mia"),
    Asked("/v1/mark-absent", {"shiftId": "day", "userId": "ana", "absenceReason": "ill"}, "mia"),
    Asked("/v1/locations", {"location": "plant", "timezone": "Europe/Madrid"}),
    Asked("/v1/users", {"email": "n@acme.example", "fullname": "N", "roleId": "employee"}),
    Asked(
        "/v1/users",
        {"userId": "nat", "email": "n@acme.example", "fullname": "N", "roleId": "employee"},
    ),
    Asked("/v1/groups", {"name": "night", "userIds": ["ana"]}),
    Asked("/v1/grants", {"permissionName": "x.y", "userId": "ana", "canDo": True}),
    Asked("/v1/shifts", SHIFT, "mia"),
    Asked("/v1/shifts", {"shiftId": "s-1", **SHIFT}, "mia"),
    Asked("/v1/holidays", {"date": "2026-03-06", "name": "Feast"}),
    Asked("/v1/leaves", {"userId": "ana", "from": "2026-03-06", "to": "2026-03-07", "kind": "x"}),
    Asked("/v1/devices", {"deviceId": "gate", "name": "Gate"}),
    Asked("/v1/devices/yard/push-token", {}),
    Asked("/v1/agents", {"name": "edge", "deviceIds": ["yard"]}),
    Asked("/v1/policy", {"policy": {"lateGraceMinutes": 7}, "effectiveFrom": "2026-01-01"}),
    Asked("/v1/shifts/day/assignments", {"userIds": ["olga"]}, "mia"),
    Asked("/v1/imports/users", USERS_FILE, content_type="text/csv"),
    Asked("/v1/imports/shifts", SHIFTS_FILE, content_type="text/csv"),
]


@pytest.mark.parametrize("asked", CASES, ids=lambda asked: f"{asked.who} {asked.path}")
def test_the_repeat_gets_the_answer_that_was_lost(
    world, shift_id, asked, kill_before_keeping, time_passes
):
    world.device("yard", "Yard")
    with kill_before_keeping() as lost:
        asked.send(world)
    assert lost[0]["statusCode"] < 300, lost
    time_passes()
    again = asked.send(world)
    assert again.status == lost[0]["statusCode"], again.text
    assert plain(again.text) == plain(lost[0]["body"])
    assert asked.send(world).text == again.text


COMMITS = [asked for asked in CASES if not asked.path.startswith(("/v1/check-in", "/v1/mark"))]


@pytest.mark.parametrize("asked", COMMITS, ids=lambda asked: asked.path)
def test_what_was_committed_is_not_made_twice(world, shift_id, asked, kill_after, time_passes):
    world.device("yard", "Yard")
    with kill_after(Table, "transact"):
        asked.send(world)
    time_passes()
    again = asked.send(world)
    assert again.status in {200, 201}, again.text
    path = asked.path.replace("/imports", "").removesuffix("/push-token")
    if path == "/v1/policy":
        path = "/v1/policy/versions"
    assert asked.send(world).text == again.text
    if path != "/v1/devices/yard":
        data_name = again.body["dataName"]
        rows = world.get("olga", path).body
        listed = rows[rows["dataName"]]
        if data_name in {"import", "assignments"}:
            assert len(listed) == {"users": 5, "shifts": 2, "assignments": 4}[rows["dataName"]]
        else:
            ids = [row["id"] for row in listed]
            assert ids.count(again.body[data_name]["id"]) == 1
            assert len(listed) == {"users": 5, "shifts": 2, "devices": 2}.get(rows["dataName"], 1)


def test_a_repeat_does_not_bring_back_who_was_taken_off_since(
    world, shift_id, kill_before_keeping, time_passes
):
    path = f"/v1/shifts/{shift_id}/assignments"
    asked = Asked(path, {"userIds": ["olga", "ana"]}, "mia")
    with kill_before_keeping() as lost:
        asked.send(world)
    taken_off = world.ask("mia", "DELETE", path, query="userIds=olga")
    assert taken_off.status == 200
    time_passes()
    again = asked.send(world)
    assert again.status == 201
    assert plain(again.text) == plain(lost[0]["body"])
    rows = world.get("mia", path).body["assignments"]
    assert "olga" not in [row["userId"] for row in rows]
    assert asked.send(world, key="another").status == 201
    rows = world.get("mia", path).body["assignments"]
    assert "olga" in [row["userId"] for row in rows]


def test_a_company_of_the_saas_admin_is_founded_once(world, kill_after, time_passes):
    body = {
        "name": "New",
        "codename": fresh_codename(),
        "timezone": "UTC",
        "owner": {"email": "o@new.example", "password": "a-long-enough-one", "fullname": "O"},
    }
    token = log_in(**SUPER_ADMIN)

    def send():
        headers = {"Idempotency-Key": KEY}
        return ask(api, "POST", "/v1/companies", token=token, body=body, headers=headers)

    with kill_after(Table, "transact"):
        send()
    time_passes()
    again = send()
    assert again.status == 201, again.text
    company = again.body["company"]
    assert company["owner"]["email"] == "o@new.example"
    found = ask(api, "GET", f"/v1/companies/{company['id']}", token=token)
    assert found.body["company"]["codename"] == body["codename"]


def test_a_check_in_survives_a_kill_and_what_happened_since(
    world, shift_id, kill_before_keeping, time_passes
):
    asked = Asked("/v1/check-in", {"shiftId": shift_id}, "ana")
    with kill_before_keeping():
        asked.send(world)
    record_id = world.get("ana", "/v1/attendance-records").body["attendanceRecords"][0]["id"]
    note = {"recordVersion": 1, "reason": "seen", "managerNote": "came by car"}
    path = f"/v1/attendance-records/{record_id}"
    assert world.ask("mia", "PATCH", path, body=note).status == 200
    time_passes()
    again = asked.send(world)
    assert again.status == 201
    record = again.body["attendanceRecord"]
    assert (record["id"], record["recordVersion"]) == (record_id, 2)


def test_a_check_out_survives_a_kill(world, shift_id, kill_before_keeping, time_passes):
    made = world.post("ana", "/v1/check-in", {"shiftId": shift_id}).body["attendanceRecord"]
    asked = Asked("/v1/check-out", {"attendanceRecordId": made["id"]}, "ana")
    with kill_before_keeping() as lost:
        asked.send(world)
    time_passes()
    again = asked.send(world)
    assert again.status == 200
    assert plain(again.text) == plain(lost[0]["body"])
    assert refusal(asked.send(world, key="another")) == (409, "alreadyCheckedOut")


def test_a_late_repeat_of_a_timed_check_in_is_not_measured_by_the_clock(
    world, shift_id, kill_before_keeping, time_passes, monkeypatch
):
    body = {"shiftId": shift_id, "checkInTime": datetime.now(UTC).isoformat()}
    asked = Asked("/v1/check-in", body, "ana")
    with kill_before_keeping() as lost:
        asked.send(world)
    time_passes()
    later = datetime.now(UTC) + timedelta(minutes=20)
    monkeypatch.setattr(type(world.parts), "now", lambda _self: later)
    again = asked.send(world)
    assert (again.status, plain(again.text)) == (201, plain(lost[0]["body"]))


def quarantined(world: World) -> list[str]:
    """Two punches that the rules keep aside."""
    world.device("yard", "Yard")
    punches = [world.punch(f"2026-03-06 09:0{minute}:00", "yard") for minute in (1, 2)]
    for punch in punches:
        outcome = PunchOutcome(outcome="futureClock", user_id="ana", shift_id=None)
        world.parts.punches.set_outcome(punch, outcome)
    return [punch.punch_id for punch in punches]


@pytest.mark.parametrize("by_ids", [True, False])
def test_a_release_that_was_cut_short_is_finished_and_told_whole(
    world, kill_after, time_passes, by_ids
):
    ids = quarantined(world)
    body = {"reason": "clock", **({"ids": ids} if by_ids else {"filter": {"deviceId": "yard"}})}
    asked = Asked("/v1/punches/release", body, "mia")
    with kill_after(PunchStore, "release"):
        asked.send(world)
    time_passes()
    told = asked.send(world).body["release"]
    assert (told["released"], told["notQuarantined"], told["left"]) == (2, 0, 0)
    assert sorted(told["releasedIds"]) == ids
    other = asked.send(world, key="another").body["release"]
    assert (other["released"], other["notQuarantined"]) == (0, 2 if by_ids else 0)


def test_a_dead_first_that_did_nothing_leaves_the_work_to_the_repeat(
    world, shift_id, monkeypatch, time_passes
):
    def die(*_args, **_kwargs):
        raise KilledError

    asked = Asked("/v1/check-in", {"shiftId": shift_id}, "ana")
    with monkeypatch.context() as patch:
        patch.setattr("attendance_api.routes.check_in.check_in", die)
        patch.setattr(kept_answers.AnswerStore, "give_up", lambda *_args: None)
        with pytest.raises(KilledError):
            asked.send(world)
    time_passes()
    assert asked.send(world).status == 201


def test_only_one_of_two_attempts_commits(world, monkeypatch, time_passes):
    asked = Asked("/v1/shifts", SHIFT, "mia")
    whole, overtaken = Table.transact, []

    def overtake(self, writes, **options):
        if not overtaken:
            overtaken.append(True)
            overtaken.append(asked.send(world))
        whole(self, writes, **options)

    world.get("mia", "/v1/shifts")
    time_passes()
    with monkeypatch.context() as patch:
        patch.setattr(Table, "transact", overtake)
        slow = asked.send(world)
    assert overtaken[1].status == 201
    assert refusal(slow) == (503, "unavailable")
    assert len(world.get("mia", "/v1/shifts").body["shifts"]) == 1
    assert plain(asked.send(world).text) == plain(overtaken[1].text)


def test_on_the_next_day_the_same_key_makes_another(world, monkeypatch):
    asked = Asked("/v1/shifts", SHIFT, "mia")
    first = asked.send(world).body["shift"]["id"]
    monkeypatch.setattr(kept_answers, "KEPT_FOR", timedelta(seconds=-1))
    second = asked.send(world)
    assert second.status == 201
    assert second.body["shift"]["id"] != first


SECRETS = [
    (Asked("/v1/agents", {"name": "edge"}), "agent", "enrollmentCode"),
    (Asked("/v1/devices/yard/push-token", {}), "pushToken", "token"),
]


@pytest.mark.parametrize(("asked", "data_name", "field"), SECRETS)
def test_a_secret_shown_once_is_nowhere_in_the_table(world, asked, data_name, field):
    world.device("yard", "Yard")
    first = asked.send(world)
    secret = first.body[data_name][field]
    assert asked.send(world).body[data_name][field] == secret
    pages = world.parts.table._client.scan(TableName=world.parts.settings.table_name)
    assert secret not in json.dumps(pages["Items"], default=str)
    assert KEY not in json.dumps(pages["Items"], default=str)
    ends = [int(i["expiresAt"]["N"]) for i in pages["Items"] if i["kind"]["S"] == "answer"]
    assert len(ends) >= 2
    assert max(ends) <= time.time() + timedelta(hours=24).total_seconds()


def test_a_kept_answer_is_opened_by_its_key_alone(world, parts):
    asked, *_ = SECRETS[0]
    asked.send(world)
    key = kept_answer_key(world.company, "olga", f"{asked.path} {KEY}")
    sealed = kept_answers.AnswerStore(parts.table).read(key).answer
    assert Seal(KEY, "#".join(key)).open(sealed)["statusCode"] == 201
    for secret, place in ((KEY + "x", "#".join(key)), (KEY, "elsewhere")):
        with pytest.raises(InvalidTag):
            Seal(secret, place).open(sealed)

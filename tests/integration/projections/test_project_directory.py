"""Sibling services' events become people, shifts and assignments, whatever their order."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from attendance.services.projection.newer_version import newer_version
from attendance.services.projection.take_message import LAST_TRY

DAY = "2026-03-06"
SHIFT = {"shiftId": "day", "shiftDate": DAY, "startTime": "09:00", "endTime": "17:00"}
SEAT = {"shiftId": "day", "userId": "ana"}


def person(user_id="ana", **changes):
    return {
        "userId": user_id,
        "email": f"{user_id}@acme.example",
        "fullname": user_id.title(),
        "roleId": "employee",
        **changes,
    }


def people_of(siblings, shift_id="day"):
    answer = siblings.get(f"/v1/shifts/{shift_id}/assignments")
    return None if answer is None else [row["userId"] for row in answer["assignments"]]


def test_people_shifts_and_assignments_come_change_and_go(siblings):
    hired = person(deviceUserIds=["5"], employedFrom="2026-01-01")
    assert siblings.tell("user.upserted", 1, hired) == []
    assert siblings.tell("shift.upserted", 1, SHIFT) == []
    assert siblings.tell("shiftAssignment.upserted", 1, SEAT) == []
    ana = siblings.get("/v1/users/ana")["user"]
    assert ana["employedFrom"] == "2026-01-01"
    assert (ana["fullname"], ana["deviceUserIds"], ana["isActive"]) == ("Ana", ["5"], True)
    assert people_of(siblings) == ["ana"]
    siblings.tell("user.upserted", 2, person(fullname="Ana Sol"))
    siblings.tell("shift.upserted", 2, {**SHIFT, "endTime": "16:00"})
    changed = siblings.get("/v1/users/ana")["user"]
    assert (changed["fullname"], changed["deviceUserIds"]) == ("Ana Sol", ["5"])
    assert siblings.get("/v1/shifts/day")["shift"]["endTime"] == "16:00"
    siblings.tell("shiftAssignment.deleted", 2, SEAT)
    assert people_of(siblings) == []
    siblings.tell("shift.deleted", 3, {"id": "day"})
    siblings.tell("user.deleted", 3, {"userId": "ana"})
    assert siblings.get("/v1/shifts/day") is None
    assert siblings.get("/v1/users/ana") is None
    assert siblings.mailbox.put_aside() == []


def test_in_every_order_and_twice_the_newest_version_stands(siblings):
    for number, order in enumerate(itertools.permutations(range(4))):
        user_id = f"u{number}"
        newest = ("user.upserted", 3, person(user_id, fullname="Three", departmentId="d3"))
        events = [
            ("user.upserted", 1, person(user_id, fullname="One")),
            ("user.deleted", 2, {"userId": user_id}),
            newest,
            newest,
        ]
        for place in order:
            assert siblings.tell(*events[place]) == []
        found = siblings.get(f"/v1/users/{user_id}")["user"]
        assert (found["fullname"], found["departmentId"]) == ("Three", "d3")


def test_what_was_deleted_is_not_brought_back_by_an_older_version(siblings):
    siblings.tell("user.deleted", 7, {"userId": "ana"})
    siblings.tell("user.upserted", 6, person())
    siblings.tell("user.upserted", 7, person())
    assert siblings.get("/v1/users/ana") is None
    siblings.tell("user.upserted", 8, person())
    assert siblings.get("/v1/users/ana") is not None
    siblings.tell("user.upserted", 9, person(isActive=False))
    assert siblings.get("/v1/users/ana") is None


def test_an_assignment_waits_for_its_person_and_shift(siblings):
    assert len(siblings.tell("shiftAssignment.upserted", 1, SEAT)) == 1
    siblings.tell("shift.upserted", 1, SHIFT)
    assert len(siblings.tell("shiftAssignment.upserted", 1, SEAT)) == 1
    siblings.tell("user.upserted", 1, person())
    assert siblings.tell("shiftAssignment.upserted", 1, SEAT) == []
    assert people_of(siblings) == ["ana"]


def test_a_waiting_message_is_handed_out_again_by_the_queue_after_its_pause(siblings):
    siblings.tell("user.upserted", 1, person())
    siblings.tell("shiftAssignment.upserted", 1, SEAT)
    siblings.tell("shift.upserted", 1, SHIFT)
    sqs, queue = siblings.mailbox.sqs, siblings.mailbox.queue
    found = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=6, VisibilityTimeout=0)
    assert json.loads(found["Messages"][0]["Body"])["detail-type"] == "shiftAssignment.upserted"
    assert siblings.mailbox.work() == []
    assert people_of(siblings) == ["ana"]


def test_what_waited_in_vain_is_put_aside_with_its_reason(bystanders):
    bystanders.mailbox.put(bystanders.event("shiftAssignment.upserted", 1, SEAT))
    assert bystanders.mailbox.work(tries=LAST_TRY) == []
    ((body, reason),) = bystanders.mailbox.put_aside()
    assert json.loads(body)["detail"]["data"] == SEAT
    assert reason == "NotFoundError: notFound: There is no such shift."


def test_one_bad_message_does_not_hold_up_its_batch(siblings):
    for event in (
        siblings.event("user.upserted", 1, person("ana")),
        "{",
        siblings.event("shiftAssignment.upserted", 1, SEAT),
        siblings.event("user.upserted", 1, person("ben")),
    ):
        siblings.mailbox.put(event)
    again = []
    for _ in range(4):
        again += siblings.mailbox.work()
    assert [json.loads(body)["detail-type"] for body in again] == ["shiftAssignment.upserted"]
    assert siblings.get("/v1/users/ana") is not None
    assert siblings.get("/v1/users/ben") is not None
    assert [body for body, _ in siblings.mailbox.put_aside()] == ["{"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"detail-type": "user.vanished"}, "detail-type"),
        ({"detail": None}, "detail"),
        ({"detail": {"version": 1, "data": {}}}, "detail.companyId"),
        ({"version": "1"}, "detail.version"),
        ({"version": -1}, "detail.version"),
        ({"data": []}, "detail.data"),
        ({"data": {"email": "ana@acme.example"}}, "userId"),
        ({"data": person(user_id="a b")}, "userId"),
        ({"data": person(email="nobody")}, "email"),
        ({"data": person(roleId="superAdmin")}, "roleId"),
        ({"companyId": "unheard-of"}, "companyId"),
        ({"companyId": "00000000-0000-0000-0000-000000000000"}, "companyId"),
    ],
)
def test_what_can_never_be_applied_is_put_aside_at_once(bystanders, change, said):
    event = bystanders.event("user.upserted", 1, person())
    if {"version", "data", "companyId"} & change.keys():
        event["detail"] |= change
    else:
        event |= change
    bystanders.mailbox.put(event)
    assert bystanders.mailbox.work() == []
    ((body, reason),) = bystanders.mailbox.put_aside()
    assert json.loads(body) == event
    assert reason.startswith("InvalidError: ")
    assert f" {said}: expected" in reason
    assert bystanders.get("/v1/users/ana") is None


def test_a_number_that_somebody_still_has_is_waited_for(siblings):
    siblings.tell("user.upserted", 1, person("ana", deviceUserIds=["5"]))
    taken = person("ben", deviceUserIds=["5"])
    assert len(siblings.tell("user.upserted", 1, taken)) == 1
    siblings.tell("user.upserted", 2, person("ana", deviceUserIds=[]))
    assert siblings.tell("user.upserted", 1, taken) == []
    assert siblings.get("/v1/users/ben")["user"]["deviceUserIds"] == ["5"]


def test_a_batch_that_runs_out_of_time_goes_on_next_time(siblings):
    siblings.mailbox.left_ms = 5_000
    assert len(siblings.tell("user.upserted", 1, person())) == 1
    siblings.mailbox.left_ms = 30_000
    assert siblings.tell("user.upserted", 1, person()) == []
    assert siblings.get("/v1/users/ana") is not None


def test_two_versions_of_one_object_are_never_applied_at_the_same_time(parts, bystanders):
    company, applied = CompanyId(bystanders.company.company_id), []

    def apply(version: int) -> None:
        try:
            with newer_version(parts, company, "user", "ana", version) as is_newer:
                if is_newer:
                    applied.append(version)
        except UnavailableError:
            apply(version)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(apply, [3, 1, 4, 1, 5, 9, 2, 6] * 3))
    assert applied == sorted(set(applied))
    assert applied[-1] == 9


def test_a_failed_change_leaves_the_last_version_as_it_was(parts, bystanders):
    company = CompanyId(bystanders.company.company_id)

    def version(number: int, fails: bool = False) -> bool:
        with newer_version(parts, company, "user", "ben", number) as is_newer:
            if fails:
                raise LookupError
        return is_newer

    assert version(1)
    with pytest.raises(LookupError):
        version(2, fails=True)
    assert not version(1)
    assert version(2)

"""Many people are spread over the queue; what fails is given again, and nothing is judged twice."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

from attendance.adapters.directory import put_user
from attendance.adapters.items.seat_item import seat_to_item
from attendance.adapters.table_requests import Write
from attendance.model.judge_task import JudgeTask, Work, task_from_json
from attendance.services.sweep_shifts import MOST_IN_PLACE, sweep_shifts
from judge_attendance.app import lambda_handler as judge
from tests.integration.policies.conftest import ACME, CONTEXT, DAY

SWEPT = datetime(2026, 3, 6, 22, 1, tzinfo=UTC)
DUE = datetime(2026, 3, 6, 22, tzinfo=UTC)


def a_task(*work: Work, **changes) -> JudgeTask:
    facts = {"actor": "directory", "cause": "policyChange", "request_id": "r"}
    return JudgeTask(company_id="acme", work=work, **(facts | changes))


def a_record(task: JudgeTask, message_id: str = "m") -> dict:
    return {"eventSource": "aws:sqs", "messageId": message_id, "body": task.to_json()}


def crowd(site, people: int) -> None:
    """So many people with a seat that is due, written as fast as the table takes them."""
    users = [f"p{n}" for n in range(people)]
    model = site.parts.directory.user(ACME, "ann")
    seat = replace(site.seat(user_id="p0"), due_at=DUE)
    for first in range(0, people, 50):
        writes = []
        for user_id in users[first : first + 50]:
            person = replace(model, user_id=user_id, device_user_ids=(), revision=0)
            writes.append(put_user(person))
            own = replace(seat, user_id=user_id, revision=1 if user_id == "p0" else 0)
            writes.append(Write("put", seat_to_item(own)))
        site.parts.directory.transact(writes)


def test_a_task_is_a_message_and_back():
    task = a_task(Work(user_id="ann", first=DAY, last=DAY), location="plant", swept_at=SWEPT)
    assert task_from_json(task.to_json()) == task


def test_many_due_seats_are_spread_and_all_judged(site):
    crowd(site, MOST_IN_PLACE + 15)
    assert sweep_shifts(site.parts, SWEPT, "r") == MOST_IN_PLACE + 15
    assert site.record(user_id="p0").verdict is None
    sweep_shifts(site.parts, SWEPT, "r")
    assert site.work() == 14
    for n in (0, 7, MOST_IN_PLACE + 14):
        seat = site.record(user_id=f"p{n}")
        assert (seat.verdict.status, seat.record_version) == ("absent", 1)
        assert (seat.change.actor, seat.swept_at) == ("sweep", SWEPT)
    assert sweep_shifts(site.parts, SWEPT, "r") == 0


def test_only_the_messages_that_failed_are_given_again(site):
    site.device()
    site.seat()
    site.run()
    good = a_record(a_task(Work(user_id="ann", first=DAY, last=DAY)), "good")
    bad = {**good, "messageId": "bad", "body": "{}"}
    foreign = {**good, "messageId": "foreign", "body": "[]"}
    answer = judge({"Records": [bad, good, foreign]}, CONTEXT)
    assert answer == {
        "batchItemFailures": [{"itemIdentifier": "bad"}, {"itemIdentifier": "foreign"}]
    }


def test_what_does_not_fit_the_time_left_is_given_back(site):
    hurried = SimpleNamespace(aws_request_id="r", get_remaining_time_in_millis=lambda: 9_000)
    record = a_record(a_task(Work(user_id="ann", first=DAY, last=DAY)))
    answer = judge({"Records": [record]}, hurried)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m"}]}


def test_a_person_who_is_not_there_holds_nobody_up(site):
    site.device()
    site.seat()
    site.punch("2026-03-06 09:10:00")
    nobody, ann = (Work(user_id=user_id, first=DAY, last=DAY) for user_id in ("ghost", "ann"))
    assert judge({"Records": [a_record(a_task(nobody, ann))]}, CONTEXT) == {"batchItemFailures": []}
    assert site.record().verdict.late_by_minutes == 10


def test_a_terminal_that_everybody_used_is_spread_too(site, monkeypatch):
    monkeypatch.setattr("attendance.services.judge_changes.MOST_IN_PLACE", 1)
    gate = site.device(approved=False, isNew=True)
    site.person("ben", numbers=("6",))
    for user_id, number in (("ann", "5"), ("ben", "6")):
        site.seat(user_id=user_id)
        site.punch("2026-03-06 09:10:00", number=number)
    site.run()
    stored = site.parts.directory.member(ACME, "DEVICE", gate.member_id)
    approved = replace(stored, body={**stored.body, "approved": True, "isNew": False})
    site.parts.directory.save_member(approved)
    assert site.run() == 1
    assert {site.record(user_id=u).verdict.status for u in ("ann", "ben")} == {"late"}

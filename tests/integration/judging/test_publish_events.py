"""Committed changes go in, events come out of the bus into a subscriber's queue."""

import json
from types import SimpleNamespace

import pytest

from judge_attendance.app import lambda_handler as judge
from publish_events.app import lambda_handler as publish
from tests.engine import aws_client
from tests.event_schemas import check_event

CONTEXT = SimpleNamespace(aws_request_id="r")


class Subscriber:
    """An ordinary EventBridge rule with a queue behind it; checks each event by its schema."""

    def __init__(self, parts, url: str) -> None:
        self.parts, bus = parts, parts.settings.event_bus_name
        self.sqs, events = aws_client("sqs", url), aws_client("events", url)
        self.queue = self.sqs.create_queue(QueueName=f"q-{bus}")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])
        pattern = json.dumps({"source": ["attendance"]})
        events.put_rule(Name="all", EventBusName=bus, EventPattern=pattern)
        target = {"Id": "q", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule="all", EventBusName=bus, Targets=[target])

    def events(self) -> list[dict]:
        found = []
        while True:
            answer = self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
            messages = answer.get("Messages", [])
            if not messages:
                for event in found:
                    check_event(event)
                return found
            for message in messages:
                found.append(json.loads(message["Body"]))
                self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])


@pytest.fixture
def subscriber(parts, engine_url) -> Subscriber:
    return Subscriber(parts, engine_url)


def run_stream(company) -> None:
    for _ in range(5):
        records = company.changes()
        if not records:
            return
        judge({"Records": records}, CONTEXT)
        publish({"Records": records}, CONTEXT)
    raise AssertionError("the stream does not come to rest")


def named(events: list[dict]) -> list[str]:
    return sorted(event["detail-type"] for event in events)


def test_a_late_check_in_is_one_ordinary_event_and_one_that_says_late(company, subscriber):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 09:10:00")
    run_stream(company)
    events = subscriber.events()
    assert named(events) == ["attendance.checkedIn", "attendance.late"]
    detail = next(e for e in events if e["detail-type"] == "attendance.checkedIn")["detail"]
    assert detail["metadata"]["companyId"] == "acme"
    assert detail["metadata"]["actor"] == "device:gate"
    assert detail["metadata"]["requestId"] == "r-punch"
    assert detail["data"]["record"]["recordVersion"] == 1
    assert detail["data"]["record"]["checkInTime"] == "2026-03-06T09:10:00.000Z"
    assert detail["data"]["previous"] is None


def test_who_came_late_and_left_early_is_told_as_both_whichever_status_the_policy_shows(
    company, subscriber
):
    company.person()
    company.device()
    company.seat()
    company.keep_policy({"lateAndEarlyStatus": "late"})
    company.changes()
    company.punch("2026-03-06 09:10:00")
    run_stream(company)
    subscriber.events()
    company.punch("2026-03-06 16:00:00", code=1)
    run_stream(company)
    events = subscriber.events()
    assert named(events) == ["attendance.checkedOut", "attendance.leftEarly"]
    told = next(e for e in events if e["detail-type"] == "attendance.leftEarly")["detail"]["data"]
    assert (told["record"]["status"], told["minutes"]) == ("late", 60)


def test_a_status_that_a_manager_overrides_is_not_told_as_an_early_leave_again(company, subscriber):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 09:00:00")
    company.punch("2026-03-06 16:00:00", code=1)
    run_stream(company)
    assert "attendance.leftEarly" in named(subscriber.events())
    company.excuse("present")
    run_stream(company)
    assert named(subscriber.events()) == ["attendance.corrected"]
    company.punch("2026-03-06 16:10:00", code=1)
    run_stream(company)
    assert "attendance.leftEarly" not in named(subscriber.events())


def test_a_redelivered_change_carries_the_same_event_id(company, subscriber):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 08:55:00")
    judge({"Records": company.changes()}, CONTEXT)
    records = company.changes()
    publish({"Records": records}, CONTEXT)
    publish({"Records": records}, CONTEXT)
    ids = [event["detail"]["metadata"]["eventId"] for event in subscriber.events()]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_late_data_is_published_as_recomputed_with_before_and_after(company, subscriber):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 10:00:00")
    run_stream(company)
    subscriber.events()
    company.punch("2026-03-06 08:50:00")
    run_stream(company)
    events = subscriber.events()
    assert named(events) == ["attendance.checkedIn", "attendance.recomputed"]
    data = next(e for e in events if e["detail-type"] == "attendance.recomputed")["detail"]["data"]
    assert (data["before"]["lateByMinutes"], data["after"]["lateByMinutes"]) == (60, 0)
    assert data["cause"] == "latePunch"


def test_a_punch_nobody_can_take_is_published_once(company, subscriber):
    company.device()
    company.punch("2026-03-06 08:50:00", number="99")
    run_stream(company)
    events = subscriber.events()
    assert named(events) == ["punch.unmatched"]
    assert events[0]["detail"]["data"]["reason"] == "unknownUser"
    assert events[0]["detail"]["data"]["punch"]["user_id"] == "99"


def test_every_version_of_a_record_is_kept_in_its_history(company, subscriber):
    company.person()
    company.device()
    company.seat()
    company.punch("2026-03-06 08:55:00")
    run_stream(company)
    company.punch("2026-03-06 17:05:00", code=1)
    run_stream(company)
    rows = company.parts.table.query_all("C#acme#U#ann", between=("H#", "H#~"))
    versions = [json.loads(row["body"]["S"]) for row in rows]
    assert [row["recordVersion"] for row in versions] == [1, 2]
    assert versions[1]["before"]["checkOutTime"] is None
    assert versions[1]["after"]["checkOutTime"] == "2026-03-06T17:05:00.000Z"

"""A subscriber as an integrator would make one: an EventBridge rule and a queue."""

import json
import time
from typing import Any

from local.choices import Choices
from local.deployment import client
from local.errors import LaunchError

_NAME = "attendance-demo-subscriber"


def subscribe(choices: Choices, event_bus_name: str) -> str:
    """The URL of a queue that gets every event of the service."""
    sqs, events = client(choices, "sqs"), client(choices, "events")
    pattern = json.dumps({"source": ["attendance"]})
    rule = events.put_rule(Name=_NAME, EventBusName=event_bus_name, EventPattern=pattern)
    url: str = sqs.create_queue(QueueName=_NAME)["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    queue: str = asked["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(
        QueueUrl=url, Attributes={"Policy": json.dumps(_only_from(rule["RuleArn"], queue))}
    )
    targets = [{"Id": "queue", "Arn": queue}]
    events.put_targets(Rule=_NAME, EventBusName=event_bus_name, Targets=targets)
    return url


def _only_from(rule_arn: str, queue_arn: str) -> dict[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": queue_arn,
                "Condition": {"ArnEquals": {"aws:SourceArn": rule_arn}},
            }
        ],
    }


def wait_for_check_in(
    choices: Choices, queue_url: str, user_id: str, *, seconds: float
) -> dict[str, Any]:
    """The `attendance.checkedIn` event of a person; raises LaunchError if none comes."""
    sqs = client(choices, "sqs")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        for message in answer.get("Messages", []):
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
            event: dict[str, Any] = json.loads(message["Body"])
            if event["detail-type"] == "attendance.checkedIn" and _user(event) == user_id:
                return event
    raise LaunchError(f"no check-in of {user_id} was published within {seconds:.0f} s: make logs")


def _user(event: dict[str, Any]) -> Any:
    return event["detail"]["data"]["record"]["userId"]

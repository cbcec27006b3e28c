"""The function that projects sibling services' events, with a queue of the local engine."""

import json
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from attendance.bootstrap import Runtime
from attendance_api.app import lambda_handler as api
from project_directory import app
from tests.accounts import Owned, own_company, service
from tests.engine import aws_client
from tests.http_events import ask


@pytest.fixture(scope="module", autouse=True)
def parts(engine_url: str) -> Iterator[Runtime]:
    """The service's own parts on a table of the local engine."""
    yield from service(engine_url)


class Mailbox:
    """The queue, its function and its dead-letter queue, worked by hand."""

    def __init__(self, url: str) -> None:
        self.sqs = aws_client("sqs", url)
        self.queue, self.dead = (
            self.sqs.create_queue(QueueName=f"{name}-{uuid.uuid4().hex}")["QueueUrl"]
            for name in ("directory", "dead")
        )
        self.left_ms = 30_000

    def put(self, event) -> None:
        body = event if isinstance(event, str) else json.dumps(event)
        self.sqs.send_message(QueueUrl=self.queue, MessageBody=body)

    def work(self, tries: int | None = None) -> list[str]:
        """Give the function what is visible; the bodies that it wants again."""
        answer = self.sqs.receive_message(
            QueueUrl=self.queue,
            MaxNumberOfMessages=10,
            VisibilityTimeout=30,
            AttributeNames=["ApproximateReceiveCount"],
        )
        messages = {m["MessageId"]: m for m in answer.get("Messages", [])}
        if not messages:
            return []
        records = [self._record(message, tries) for message in messages.values()]
        context = SimpleNamespace(get_remaining_time_in_millis=lambda: self.left_ms)
        failed = [
            failure["itemIdentifier"]
            for failure in app.lambda_handler({"Records": records}, context)["batchItemFailures"]
        ]
        for message_id, message in messages.items():
            if message_id not in failed:
                self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return [messages[message_id]["Body"] for message_id in failed]

    def _record(self, message, tries):
        count = tries or message["Attributes"]["ApproximateReceiveCount"]
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": {"ApproximateReceiveCount": str(count)},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:directory",
            "awsRegion": "us-east-1",
        }

    def put_aside(self) -> list[tuple[str, str]]:
        """Bodies and reasons in the dead-letter queue."""
        answer = self.sqs.receive_message(
            QueueUrl=self.dead, MaxNumberOfMessages=10, MessageAttributeNames=["reason"]
        )
        return [
            (m["Body"], m["MessageAttributes"]["reason"]["StringValue"])
            for m in answer.get("Messages", [])
        ]


@pytest.fixture
def mailbox(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """Fresh queues."""
    made = Mailbox(engine_url)
    monkeypatch.setenv("DIRECTORY_QUEUE_URL", made.queue)
    monkeypatch.setenv("DIRECTORY_DEAD_LETTER_URL", made.dead)
    app._queue.cache_clear()
    yield made
    app._queue.cache_clear()


class Siblings:
    """Services that tell of one company."""

    def __init__(self, mailbox: Mailbox, company: Owned) -> None:
        self.mailbox, self.company = mailbox, company

    def tell(self, detail_type: str, version, data, **detail) -> list[str]:
        """Put one event in the queue and let the function have it; what it wants again."""
        self.mailbox.put(self.event(detail_type, version, data, **detail))
        return self.mailbox.work()

    def event(self, detail_type, version, data, **detail):
        detail = {"companyId": self.company.company_id, "version": version, "data": data} | detail
        return {"source": "workforceos.users", "detail-type": detail_type, "detail": detail}

    def get(self, path):
        answer = ask(api, "GET", path, token=self.company.token)
        return answer.body if answer.status == 200 else None


@pytest.fixture
def siblings(mailbox: Mailbox) -> Siblings:
    """A fresh company."""
    return Siblings(mailbox, own_company())


@pytest.fixture(scope="module")
def company(parts: Runtime) -> Owned:
    """A company for tests that leave its directory as it is."""
    return own_company()


@pytest.fixture
def bystanders(mailbox: Mailbox, company: Owned) -> Siblings:
    """Services that bring nothing about."""
    return Siblings(mailbox, company)

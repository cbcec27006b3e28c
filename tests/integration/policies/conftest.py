"""A company whose people, shifts and punches are in the table, with its API, stream and queue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from accounts_api.parts import accounts_parts
from attendance.adapters.directory import put_member, put_user
from attendance.bootstrap import Runtime
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.services import fresh_facts
from attendance.services.begin_session import begin_session
from attendance_api.app import lambda_handler as api
from judge_attendance.app import lambda_handler as judge
from tests.accounts import set_secrets
from tests.conftest import parts_on, set_environment
from tests.engine import aws_client
from tests.http_events import Answer, ask
from tests.integration.judging.conftest import START, Company

ACME = CompanyId("acme")
DAY = date(2026, 3, 6)
CONTEXT = SimpleNamespace(aws_request_id="r-lambda", get_remaining_time_in_millis=lambda: 60_000)


class Site(Company):
    """The company `acme` with an admin (tom), a manager (mia) and the employee ann (number 5)."""

    def __init__(self, parts: Runtime, sqs: Any) -> None:
        super().__init__(parts)
        self._sqs, self._tokens = sqs, {}
        self.queue_url = parts.settings.judge_queue_url
        self._home = self._own()
        parts.directory.transact([put_member(self._home)])
        for user_id, role in {"tom": "tenantAdmin", "mia": "manager"}.items():
            self.colleague(user_id, role_id=role)
        self.person()

    def run(self) -> int:
        """Feed the stream and work the queue until nothing changes; how many tasks there were."""
        tasks = 0
        for _ in range(6):
            records = self.changes()
            if records:
                judge({"Records": records}, CONTEXT)
            done = self.work()
            tasks += done
            if not records and not done:
                return tasks
        raise AssertionError("the stream does not come to rest")

    def work(self, most: int = 1_000) -> int:
        """Give the function what waits in the queue; how many messages it took for good."""
        done = 0
        while done < most and (messages := self.receive()):
            records = [
                {"eventSource": "aws:sqs", "messageId": m["MessageId"], "body": m["Body"]}
                for m in messages
            ]
            failed = judge({"Records": records}, CONTEXT)["batchItemFailures"]
            given_back = {failure["itemIdentifier"] for failure in failed}
            for message in messages:
                if message["MessageId"] not in given_back:
                    self._delete(message)
                    done += 1
        return done

    def forget(self) -> None:
        """Leave the table and the queue as they were, but for the keys that sign."""
        for pk, sk in {key for key in self._keys() if key[0] != "JWKS"}:
            self.parts.table.delete((pk, sk))
        while messages := self.receive():
            for message in messages:
                self._delete(message)
        self.parts.forget_rights()

    def _keys(self) -> list[tuple[str, str]]:
        pages = self.parts.table._client.scan(TableName=self.parts.settings.table_name)
        return [(item["pk"]["S"], item["sk"]["S"]) for item in pages["Items"]]

    def _delete(self, message: dict[str, Any]) -> None:
        handle = message["ReceiptHandle"]
        self._sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=handle)

    def receive(self) -> list[dict[str, Any]]:
        """Up to ten messages of the queue."""
        answer = self._sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found

    def _own(self) -> Member:
        body = {"codename": "acme", "name": "Acme", "timezone": "UTC", "suspended": False}
        return Member(
            company_id="acme",
            collection="COMPANY",
            member_id="acme",
            body={**body, "oidc": None},
            is_active=True,
            created_at=START,
            updated_at=START,
        )

    def colleague(self, user_id: str, **changes: Any) -> None:
        """A person without device numbers."""
        known = self.parts.directory.user(ACME, user_id) or self.person(user_id, numbers=())
        user = replace(known, **{"revision": known.revision or 1, **changes})
        self.parts.directory.transact([put_user(user)])

    def shift(self, shift_id: str, day: date, start: str, end: str, **place: str) -> None:
        """A shift of the directory; seats are put apart."""
        body = {"shiftId": shift_id, "shiftDate": day.isoformat(), "startTime": start}
        self.parts.directory.save_member(
            replace(
                self._home,
                collection="SHIFT",
                member_id=shift_id,
                body={**body, "endTime": end, "location": None, "departmentId": None, **place},
            )
        )

    def ask(self, who: str, method: str, path: str, **options: Any) -> Answer:
        """What the API answers to a person."""
        return ask(api, method, path, token=self._token(who), **options)

    def _token(self, who: str) -> str:
        if who not in self._tokens:
            user = self.parts.directory.user(ACME, who)
            begun = begin_session(
                self.parts.sessions, accounts_parts().issuer, user, self._home, datetime.now(UTC)
            )
            self._tokens[who] = begun.access_token
        return self._tokens[who]

    def policy(self, fields: dict[str, Any], since: str = "2026-01-01", **scope: Any) -> Answer:
        """A version of the policy, made by the admin."""
        body = {"policy": fields, "effectiveFrom": since, **scope}
        return self.ask("tom", "POST", "/v1/policy", body=body)


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    """The service's parts on one table for a module, with secrets and the queue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", engine_url)
        table_name = set_environment(patch)
        set_secrets(engine_url, patch)
        made = aws_client("sqs", engine_url).create_queue(QueueName=f"judge-{table_name}")
        patch.setenv("JUDGE_QUEUE_URL", made["QueueUrl"])
        patch.setattr(fresh_facts, "SETTLING", 0)
        yield from parts_on(table_name, engine_url)


@pytest.fixture
def site(parts: Runtime, engine_url: str) -> Iterator[Site]:
    """A company whose API, stream and queue the test drives; forgotten after the test."""
    made = Site(parts, aws_client("sqs", engine_url))
    yield made
    made.forget()

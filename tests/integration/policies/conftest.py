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
from attendance.services.begin_session import begin_session
from attendance_api.app import lambda_handler as api
from tests.accounts import set_secrets
from tests.conftest import parts_on
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
        self._home = self._own()
        parts.directory.transact([put_member(self._home)])
        for user_id, role in {"tom": "tenantAdmin", "mia": "manager"}.items():
            self.colleague(user_id, role_id=role)
        self.person()

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
        user = replace(self.person(user_id, numbers=()), revision=1, **changes)
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


@pytest.fixture
def parts(
    aws_environment: str, engine_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Runtime]:
    """The service's parts with secrets and the queue of people to judge."""
    set_secrets(engine_url, monkeypatch)
    yield from parts_on(aws_environment, engine_url)


@pytest.fixture
def site(parts: Runtime, engine_url: str) -> Site:
    """A company whose API, stream and queue the test drives."""
    return Site(parts, aws_client("sqs", engine_url))

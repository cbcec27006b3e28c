"""Companies and sessions for tests, made through the public routes."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from accounts_api.app import lambda_handler
from attendance.bootstrap import Runtime
from tests.conftest import parts_on, set_environment
from tests.engine import aws_client
from tests.http_events import ask

OWNER_PASSWORD = "a-long-enough-password"
SUPER_ADMIN = {"email": "root@service.example", "password": "the-first-password"}


@dataclass(frozen=True, kw_only=True)
class Owned:
    """A company with its owner logged in."""

    company_id: str
    codename: str
    owner_id: str
    email: str
    token: str


def set_secrets(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two secrets of the template, fresh."""
    client = aws_client("secretsmanager", engine_url)
    values = {
        "SIGNING_SECRET_ARN": uuid.uuid4().hex * 2,
        "SUPER_ADMIN_SECRET_ARN": json.dumps(SUPER_ADMIN),
    }
    for variable, value in values.items():
        made = client.create_secret(Name=f"{variable}-{uuid.uuid4().hex}", SecretString=value)
        monkeypatch.setenv(variable, made["ARN"])


def owner_body(codename: str = "acme", **changes: Any) -> dict[str, Any]:
    """A body of `POST /tenantowners`."""
    return {
        "email": f"owner@{codename}.example",
        "password": OWNER_PASSWORD,
        "fullname": "Olga Owner",
        "company": {"name": codename.title(), "codename": codename, "timezone": "Europe/Madrid"},
        **changes,
    }


def log_in(email: str, password: str, **named: str) -> str:
    """An access token; `named` is companyId or companyCodename."""
    body = {"email": email, "password": password, **named}
    answer = ask(lambda_handler, "POST", "/login", body=body)
    assert answer.status == 200, answer.text
    token: str = answer.body["accessToken"]
    return token


def fresh_codename() -> str:
    """A codename that nobody has."""
    return f"c{uuid.uuid4().hex[:12]}"


def own_company(codename: str | None = None) -> Owned:
    """A new company, and its owner logged in."""
    codename = codename or fresh_codename()
    body = owner_body(codename)
    made = ask(lambda_handler, "POST", "/tenantowners", body=body)
    assert made.status == 201, made.text
    return Owned(
        company_id=made.body["company"]["id"],
        codename=codename,
        owner_id=made.body["user"]["id"],
        email=body["email"],
        token=log_in(body["email"], OWNER_PASSWORD, companyCodename=codename),
    )


def service(engine_url: str) -> Iterator[Runtime]:
    """The service's own parts with secrets, on a fresh table; for a fixture of a module."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("AWS_ENDPOINT_URL", engine_url)
        table_name = set_environment(monkeypatch)
        set_secrets(engine_url, monkeypatch)
        yield from parts_on(table_name, engine_url)

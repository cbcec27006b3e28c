"""A request to every route of the deployed stack: each answer is one that it describes."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks

from tests.e2e.company import Company

pytestmark = pytest.mark.stack

CASES = 1
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
ENDS_SESSIONS = {"/logout"}


@pytest.fixture(scope="module")
def headers(stack: dict[str, Any]) -> dict[str, str]:
    """Those of a company's tenantAdmin."""
    company = Company(stack)
    company.http.close()
    return {"Authorization": company.http.headers["Authorization"]}


@pytest.fixture(scope="module")
def connections() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture(scope="module")
def schema(stack: dict[str, Any]) -> Any:
    made = schemathesis.openapi.from_url(f"{stack['baseUrl']}/openapi.json")
    made.config.generation.update(with_security_parameters=False)
    return made


def test_every_deployed_route_answers_as_it_describes(
    stack: dict[str, Any], headers: dict[str, str], connections: requests.Session, schema: Any
):
    told = {"base_url": stack["baseUrl"], "session": connections, "headers": headers}
    answered = [
        status
        for found in schema.get_all_operations()
        if (operation := found.ok()).path not in ENDS_SESSIONS
        for status in _asked(operation, told)
    ]
    assert len(answered) >= 90
    assert {200, 404} <= set(answered)


def _asked(operation: Any, told: dict[str, Any]) -> list[int]:
    answered: list[int] = []

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def check(case: schemathesis.Case) -> None:
        case.headers.pop("companyId", None)
        case.query.pop("companyId", None)
        answer = case.call_and_validate(checks=CHECKS, **told)
        answered.append(answer.status_code)

    check()
    return answered

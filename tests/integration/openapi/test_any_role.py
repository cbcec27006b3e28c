"""Requests made up from the document, by everybody: each answer is one that it describes."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from attendance.bootstrap import Runtime
from attendance_api.openapi.body_examples import BODY_EXAMPLES
from tests.accounts import service
from tests.integration.ingest.conftest import SiteAgent
from tests.integration.openapi.operations import OPERATIONS
from tests.integration.openapi.people import ROLES, People
from tests.integration.openapi.service_app import SIGN_HERE, service_app

CASES_A_ROLE = 3
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.ignored_auth,
]
SENT: Counter[str] = Counter()
ANSWERED: Counter[int] = Counter()


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture(scope="module")
def people(parts: Runtime) -> People:
    return People(parts)


@pytest.fixture(scope="module")
def things(people: People) -> dict[str, str]:
    return people.things()


@pytest.fixture(scope="module")
def apps(parts: Runtime, people: People) -> dict[str, Any]:
    site = SiteAgent(
        parts, f"{people.company.company_id}_site1", company_id=people.company.company_id
    )
    plain = service_app()
    return {role: service_app(site.signed) if role == "agent" else plain for role in ROLES}


@pytest.fixture(scope="module")
def schema(apps: dict[str, Any]) -> Any:
    made = schemathesis.openapi.from_wsgi("/openapi.json", apps["none"])
    made.config.generation.update(with_security_parameters=False)
    return made


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_whoever_asks_gets_an_answer_of_the_document(operation, people, things, apps, schema):
    told = schema[operation.path][operation.method.upper()]
    tokens = {role: people.token(role) for role in ROLES if role not in ("none", "agent")}
    turn = iter(range(10**6))

    @settings(
        max_examples=CASES_A_ROLE * len(ROLES),
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_cases(told), st.booleans(), st.booleans())
    def check(case: schemathesis.Case, with_real_ids: bool, in_own_company: bool) -> None:
        role = ROLES[next(turn) % len(ROLES)]
        if with_real_ids:
            for name in case.path_parameters or {}:
                case.path_parameters[name] = things.get(name, "nothing")
        if in_own_company:
            case.headers.pop("companyId", None)
            case.query.pop("companyId", None)
        headers = {"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {}
        headers |= {"Signature": SIGN_HERE} if role == "agent" else {}
        answer = case.call_and_validate(app=apps[role], headers=headers, checks=CHECKS)
        assert answer.status_code < 500
        SENT[role] += 1
        ANSWERED[answer.status_code] += 1

    check()


def test_an_upload_is_taken_with_the_agents_signature_and_not_without(apps, schema):
    operation = schema["/v1/punches"]["POST"]
    case = operation.Case(body=BODY_EXAMPLES["post", "/v1/punches"], media_type="application/json")
    answer = case.call_and_validate(
        app=apps["agent"], headers={"Signature": SIGN_HERE}, checks=CHECKS
    )
    assert answer.status_code == 200

    def signed_in_any_case(environ, start_response):
        return apps["agent"]({**environ, "HTTP_SIGNATURE": SIGN_HERE}, start_response)

    with pytest.raises(FailureGroup):
        case.call_and_validate(
            app=signed_in_any_case, headers={"Signature": SIGN_HERE}, checks=[checks.ignored_auth]
        )


def _cases(operation: Any) -> st.SearchStrategy[schemathesis.Case]:
    """Two of three requests fit the document."""
    fits = operation.as_strategy()
    broken = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    return st.one_of(fits, fits, broken)


def test_everybody_asked_often_and_was_not_only_refused():
    print(SENT, ANSWERED)
    assert sum(SENT.values()) >= 2000
    assert SENT.keys() == set(ROLES)
    assert min(SENT.values()) >= 200
    assert {200, 201, 400, 401, 404} <= ANSWERED.keys()

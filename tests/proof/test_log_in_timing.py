"""The time of a refused log-in does not tell whether there is such a person."""

import time
from collections.abc import Iterator
from statistics import median

import pytest

from accounts_api.app import lambda_handler as accounts
from attendance.bootstrap import Runtime
from attendance.services import log_in as logging_in
from attendance_api.app import lambda_handler as api
from tests.accounts import Owned, own_company, service
from tests.http_events import ask
from tests.proof.scale import scaled

FREE_FAILURES = 4
PEOPLE = scaled(6)


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture
def company(parts: Runtime) -> Owned:
    company = own_company()
    for number in range(PEOPLE):
        person = {
            "email": f"known{number}@{company.codename}.example",
            "fullname": "K",
            "roleId": "employee",
            "password": "a-password-of-this-person",
        }
        assert ask(api, "POST", "/v1/users", token=company.token, body=person).status == 201
    return company


def seconds(email: str, named: dict[str, str]) -> float:
    """How long a log-in with a wrong password takes."""
    begun = time.perf_counter()
    body = {"email": email, "password": "not-the-right-one", **named}
    answer = ask(accounts, "POST", "/login", body=body)
    taken = time.perf_counter() - begun
    assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidCredentials")
    return taken


def ratio(company: Owned, named: dict[str, str]) -> float:
    """Median for known people over median for unknown ones, asked by turns."""
    known, unknown, home = [], [], f"{company.codename}.example"
    seconds(f"first@{home}", named)
    for number in range(PEOPLE):
        for _ in range(FREE_FAILURES):
            known.append(seconds(f"known{number}@{home}", named))
            unknown.append(seconds(f"stranger{number}@{home}", named))
    return median(known) / median(unknown)


@pytest.mark.quiet
@pytest.mark.parametrize("is_named", [True, False])
def test_a_stranger_waits_as_long_as_somebody_known(company, is_named):
    named = {"companyCodename": company.codename} if is_named else {}
    assert 0.8 <= ratio(company, named) <= 1.25


@pytest.mark.quiet
def test_a_refusal_without_the_work_of_a_password_is_found_out(company, monkeypatch):
    verify = logging_in.verify_password

    def hasty(kept_hash, password):
        return kept_hash is not None and verify(kept_hash, password)

    monkeypatch.setattr(logging_in, "verify_password", hasty)
    assert ratio(company, {"companyCodename": company.codename}) > 1.25

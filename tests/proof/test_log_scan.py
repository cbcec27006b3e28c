"""What is said to the service in confidence is in no line of its log."""

import logging
from collections.abc import Iterator

import pytest

from accounts_api.app import lambda_handler as accounts
from attendance.adapters.table import Table
from attendance.bootstrap import Runtime
from attendance.http.request import Request
from attendance_api.app import lambda_handler as api
from tests.accounts import OWNER_PASSWORD, Owned, own_company, service
from tests.http_events import ask

PASSWORD = "the-password-of-nobody-else"
PRIVATE = "private words of a manager"
EMAIL = "vera@private.example"


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture
def company(parts: Runtime) -> Owned:
    return own_company()


def use_the_service(company: Owned, monkeypatch) -> set[str]:
    """Requests that carry secrets, good ones and broken ones; gives what must not be logged."""
    named = f"workforceos-access-token-{company.codename}"
    token, secrets = company.token, {PASSWORD, OWNER_PASSWORD, PRIVATE, EMAIL, "eyJ"}
    person = {"email": EMAIL, "fullname": "Vera", "roleId": "employee", "password": PASSWORD}
    made = ask(api, "POST", "/v1/users", token=token, body=person)
    assert made.status == 201, made.text
    gate = ask(api, "POST", "/v1/devices", token=token, body={"deviceId": "g", "name": "Gate"})
    assert gate.status == 201, gate.text
    shown = ask(api, "POST", "/v1/devices/g/push-token", token=token)
    agent = ask(api, "POST", "/v1/agents", token=token, body={"name": "site"})
    secrets |= {shown.body["pushToken"]["token"], agent.body["agent"]["enrollmentCode"]}
    log_in = {"email": EMAIL, "password": PASSWORD, "companyCodename": company.codename}
    for body in (log_in, {**log_in, "password": f"{PASSWORD}x"}, {**log_in, "email": 7}, [log_in]):
        ask(accounts, "POST", "/login", body=body)
    for raw in (f'{{"password":"{PASSWORD}"', f'{{"password":"{PASSWORD}","email":NaN}}'):
        ask(accounts, "POST", "/login", raw_body=raw)
        ask(api, "POST", "/v1/users", token=token, raw_body=raw)
    absence = {"shiftId": "no", "userId": "no", "managerNote": PRIVATE, "absenceReason": PRIVATE}
    ask(api, "POST", "/v1/mark-absent", token=token, body=absence)
    rows = f"email,fullname,roleId,password\n{EMAIL},Vera,nobody,{PASSWORD}\n"
    csv = {"content-type": "text/csv"}
    ask(api, "POST", "/v1/imports/users", token=token, raw_body=rows, headers=csv)
    for place in (
        {"query": {"access_token": token}},
        {"query": {"access_token": f"{token}x"}},
        {"cookies": {named: token}},
        {"headers": {named: f"{token}x"}},
    ):
        ask(api, "GET", "/v1/users", **place)
    with monkeypatch.context() as patch:
        patch.setattr(Table, "transact", fail)
        broken = ask(api, "POST", "/v1/users", token=token, body={**person, "email": f"x{EMAIL}"})
    assert broken.status == 500
    return secrets


def fail(_table, writes, **_):
    """As a part that breaks while it has everything at hand."""
    raise RuntimeError(f"{len(writes)} writes failed")


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Every line of the service, with what is beside its message, tracebacks too."""
    own = [record for record in caplog.records if record.name == "attendance"]
    formatter = logging.Formatter()
    told = [f"{vars(record)} {formatter.format(record)}" for record in own]
    assert len(told) > 15
    return "\n".join(told)


def test_nothing_said_in_confidence_is_logged(company, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG, logger="attendance")
    secrets = use_the_service(company, monkeypatch)
    lines = logged(caplog)
    assert [secret for secret in secrets if secret in lines] == []
    assert "unexpected failure" in lines


def test_a_log_of_whole_queries_is_found_out(company, caplog, monkeypatch):
    monkeypatch.setattr(Request, "logged_path", property(lambda self: f"{self.path}?{self.query}"))
    use_the_service(company, monkeypatch)
    assert "eyJ" in logged(caplog)

"""Ten thousand forged tokens: none opens a session, and none is more than a plain refusal."""

from collections import Counter
from collections.abc import Iterator

import pytest
from joserfc import jws

from accounts_api.parts import accounts_parts
from attendance.bootstrap import Runtime
from attendance.errors import AttendanceError
from attendance.http.request import read_request
from attendance_api.app import lambda_handler as api
from tests.accounts import Owned, own_company, service
from tests.certificate import make_certificate
from tests.http_events import ask, http_event
from tests.integration.accounts.test_own_issuer import Issuer
from tests.proof.scale import scaled, seeded
from tests.proof.token_mutants import Forger

AUDIENCE = "attendance-acme"
PLACE = "workforceos-access-token"


@pytest.fixture(scope="module")
def parts(engine_url: str) -> Iterator[Runtime]:
    yield from service(engine_url)


@pytest.fixture(scope="module")
def company(parts: Runtime) -> Owned:
    return own_company()


@pytest.fixture
def forger(company: Owned) -> Forger:
    key = accounts_parts().issuer.key().public_jwk()
    return Forger(company.token, key, seeded("token mutants"))


@pytest.fixture
def issuer(tmp_path, monkeypatch, company) -> Iterator[Issuer]:
    path = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    issuer = Issuer(path)
    body = {"oidc": {"issuer": issuer.url, "audience": AUDIENCE}}
    assert ask(api, "PATCH", "/v1/company", token=company.token, body=body).status == 200
    yield issuer
    issuer.close()


def places(token: str, company: Owned) -> list[dict]:
    """Each place of a request that takes a token (rest-api.md section 1)."""
    named = f"{PLACE}-{company.codename}"
    return [
        {"query": {"access_token": token}},
        {"headers": {"authorization": f"Bearer {token}"}},
        {"headers": {PLACE: token}},
        {"headers": {named: token}},
        {"cookies": {named: token}},
    ]


def outcome(parts: Runtime, options: dict) -> str:
    """What comes of a request's token: a session, none, or the word of the refusal."""
    try:
        session = parts.find_session(read_request(http_event("GET", "/v1/company", **options)))
    except AttendanceError as error:
        return f"{error.status} {error.word}"
    return "nothing" if session is None else "accepted"


def tried(parts: Runtime, company: Owned, forger: Forger, number: int, **named) -> Counter:
    """How forgeries fare, one place after the other; whose kind was accepted is told."""
    found: Counter[str] = Counter()
    for count, (kind, token) in enumerate(forger.mutants(number)):
        options = places(token.encode(errors="replace").decode(), company)[count % 5]
        options["headers"] = {**options.get("headers", {}), **named}
        fate = outcome(parts, options)
        found[f"accepted: {kind} {token!r}" if fate == "accepted" else fate] += 1
    return found


def test_no_forgery_of_our_own_token_is_taken(parts, company, forger):
    number = scaled(7_000)
    found = tried(parts, company, forger, number)
    assert set(found) <= {"401 invalidToken", "nothing"}, found
    assert found["401 invalidToken"] > number * 0.95
    good = places(company.token, company)
    assert [outcome(parts, options) for options in good] == ["accepted"] * len(good)


def test_no_forgery_of_a_trusted_issuers_token_is_taken(parts, company, issuer):
    token, named = issuer.token(email=company.email), {"companyId": company.company_id}
    forger = Forger(token, issuer.key.as_dict(private=False), seeded("issuer's mutants"))
    number = scaled(3_000)
    found = tried(parts, company, forger, number, **named)
    assert set(found) <= {"401 invalidToken", "nothing"}, found
    assert found["401 invalidToken"] > number * 0.95
    assert outcome(parts, {"headers": {PLACE: token, **named}}) == "accepted"
    assert issuer.asked < 10


def test_a_verifier_that_does_not_look_at_signatures_is_found_out(
    parts, company, forger, monkeypatch
):
    monkeypatch.setattr(jws.JWSRegistry.algorithms["EdDSA"].__class__, "verify", lambda *_: True)
    found = tried(parts, company, forger, 200)
    assert any(fate.startswith("accepted") for fate in found)

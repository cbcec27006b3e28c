"""Tokens and what stands behind them, through `/currentuser` and friends."""

import base64
import hmac
import json
import time
from datetime import timedelta

import pytest
from joserfc import jwt

from accounts_api.app import lambda_handler as accounts
from accounts_api.parts import accounts_parts
from attendance.adapters.sessions import SessionStore
from attendance.adapters.signing_key import SigningKey
from attendance.adapters.token_algorithm import EdDsaRegistry
from attendance.identity import CompanyId
from attendance_api.app import lambda_handler as api
from tests.accounts import OWNER_PASSWORD, SUPER_ADMIN, log_in, own_company
from tests.http_events import ask

NO_LOGIN = {"status": "ERR", "message": "No login found"}
COOKIE = "workforceos-access-token"


def who(**options):
    return ask(api, "GET", "/currentuser", **options)


def claims_of(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def signed(claims, key=None, **header):
    key = key or accounts_parts().issuer.key()
    header = {"alg": "EdDSA", "kid": key.kid, **header}
    return jwt.encode(header, claims, key._key, registry=EdDsaRegistry())


def hmac_signed(header, claims, secret):
    text = f"{encoded(header)}.{encoded(claims)}"
    mac = hmac.new(base64.urlsafe_b64decode(secret + "=="), text.encode(), "sha256").digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def test_each_place_of_a_token_is_read(company):
    named = f"{COOKIE}-{company.codename}"
    places = [
        {"query": {"access_token": company.token}},
        {"token": company.token},
        {"headers": {COOKIE: company.token}},
        {"headers": {named: company.token}},
        {"cookies": {named: company.token}},
    ]
    for place in places:
        answer = who(**place)
        assert answer.status == 200, place
        assert answer.body["userId"] == company.owner_id
        assert answer.body["companyId"] == answer.body["tenantId"] == company.company_id
    assert answer.body["accessToken"] is None
    assert who(token=company.token).body["accessToken"] == company.token


def test_the_first_place_decides_even_when_its_token_is_bad(company):
    named = f"{COOKIE}-{company.codename}"
    places = [
        {"query": {"access_token": "bad"}, "token": company.token},
        {"token": "bad", "headers": {COOKIE: company.token}},
        {"headers": {COOKIE: "bad", named: company.token}},
        {"headers": {named: "bad"}, "cookies": {named: company.token}},
    ]
    for place in places:
        answer = ask(api, "GET", "/v1/company", **place)
        assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidToken"), place


def test_without_a_session_the_default_routes_have_their_own_words(company):
    for path in ("/currentuser", "/permissions", "/permissions/attendance.checkIn"):
        for options in ({}, {"token": "not.a.token"}):
            answer = ask(api, "GET", path, **options)
            assert (answer.status, answer.body) == (401, NO_LOGIN)
    answer = ask(api, "GET", "/v1/company")
    assert (answer.status, answer.body["message"]) == (401, "errMsg_loginRequired")


def test_no_forgery_is_taken(company):
    claims = claims_of(company.token)
    header, payload, signature = company.token.split(".")
    stranger = SigningKey("another secret")
    kid = accounts_parts().issuer.key().kid
    admin = {**claims, "companyId": "00000000-0000-0000-0000-000000000000"}
    public = accounts_parts().issuer.key().public_jwk()["x"]
    forgeries = {
        "other claims": f"{header}.{encoded(admin)}.{signature}",
        "no algorithm": f"{encoded({'alg': 'none', 'kid': kid})}.{payload}.",
        "empty signature": f"{header}.{payload}.",
        "foreign key, our kid": signed(claims, stranger, kid=kid),
        "foreign key, its kid": signed(claims, stranger),
        "foreign key brought along": signed(
            claims, stranger, jwk=stranger.public_jwk() | {"kid": kid}
        ),
        "key from elsewhere": signed(claims, stranger, jku="https://evil.example/jwks.json"),
        "public key as secret": hmac_signed({"alg": "HS256", "kid": kid}, claims, public),
        "no kid": jwt.encode({"alg": "EdDSA"}, claims, stranger._key, registry=EdDsaRegistry()),
        "critical header": signed(claims, crit=["b64"], b64=False),
        "garbage": "a.b.c",
        "too long": "a" * 100_000,
    }
    for name, token in forgeries.items():
        answer = ask(api, "GET", "/v1/company", token=token)
        assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidToken"), name


@pytest.mark.parametrize(
    "change",
    [
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"iat": None},
        {"nbf": int(time.time()) + 86_400},
        {"iat": int(time.time()) + 86_400},
        {"iss": "urn:attendance:other-stage"},
        {"aud": "another-service"},
        {"aud": None},
        {"sid": "no-such-session"},
        {"sid": "../../USER"},
        {"sub": "nobody"},
        {"companyId": "nowhere"},
        {"companyId": {"$ne": 1}},
    ],
)
def test_our_own_key_does_not_make_bad_claims_good(company, change):
    claims = {**claims_of(company.token), **change}
    token = signed({name: value for name, value in claims.items() if value is not None})
    answer = ask(api, "GET", "/v1/company", token=token)
    assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidToken")


def test_a_role_in_the_token_gives_nothing(company):
    token = signed({**claims_of(company.token), "roleId": "superAdmin"})
    assert who(token=token).body["roleId"] == "tenantAdmin"


def test_a_company_is_named_once_and_only_ones_own(company):
    other = own_company()
    own = {"companyId": company.company_id}
    assert who(token=company.token, headers=own, query=own).status == 200
    differing = ask(
        api, "GET", "/v1/company", token=company.token, headers=own, query={"companyId": "x"}
    )
    assert (differing.status, differing.body["message"]) == (400, "errMsg_invalidCompanyId")
    for name in (other.company_id, "nowhere", "C#1"):
        answer = ask(api, "GET", "/v1/company", token=company.token, headers={"companyId": name})
        assert (answer.status, answer.body["message"]) == (401, "errMsg_notAuthorized")


def test_of_several_company_cookies_the_named_one_counts(company):
    other = own_company()
    cookies = {f"{COOKIE}-{c.codename}": c.token for c in (company, other)}
    unnamed = ask(api, "GET", "/v1/company", cookies=cookies)
    assert (unnamed.status, unnamed.body["message"]) == (400, "errMsg_companyRequired")
    for named in (company, other):
        answer = who(cookies=cookies, headers={"companyId": named.company_id})
        assert answer.body["userId"] == named.owner_id


def test_the_super_admin_may_be_in_any_company_that_exists(company):
    token = log_in(**SUPER_ADMIN)
    assert who(token=token).body["companyCodename"] == "root"
    named = who(token=token, headers={"companyId": company.company_id})
    assert named.body["companyCodename"] == company.codename
    users = ask(api, "GET", "/v1/users", token=token, query={"companyId": company.company_id})
    assert [user["id"] for user in users.body["users"]] == [company.owner_id]
    assert ask(api, "GET", "/v1/users", token=token, query={"companyId": "no"}).status == 404


def test_log_out_ends_the_session_and_only_that_one(company):
    other = log_in(company.email, OWNER_PASSWORD)
    answer = ask(accounts, "POST", "/logout", token=company.token)
    assert answer.status == 200
    assert f"{COOKIE}-{company.codename}=;" in answer.cookies[0]
    assert "Max-Age=0" in answer.cookies[0]
    assert who(token=company.token).status == 401
    assert who(token=other).status == 200


def test_to_log_out_again_gets_the_same_answer_and_nothing_else_does(company):
    keyed = {"headers": {"Idempotency-Key": "the-first-reply-was-lost"}}
    first = ask(accounts, "POST", "/logout", token=company.token, **keyed)
    again = ask(accounts, "POST", "/logout", token=company.token, **keyed)
    plain = ask(accounts, "POST", "/logout", token=company.token)
    assert {(a.status, a.text) for a in (first, again, plain)} == {(200, '{"status":"OK"}')}
    other_body = ask(accounts, "POST", "/logout", token=company.token, body={"x": 1}, **keyed)
    assert (other_body.status, other_body.body["message"]) == (409, "errMsg_idempotencyMismatch")
    for method, path in (("POST", "/refresh"), ("GET", "/v1/company"), ("GET", "/currentuser")):
        handler = accounts if path == "/refresh" else api
        assert ask(handler, method, path, token=company.token).status == 401, path
    assert ask(accounts, "POST", "/logout", token=f"{company.token}x").status == 401
    assert ask(accounts, "POST", "/logout").status == 401


def test_what_ended_otherwise_cannot_log_out(company):
    password = {"password": "another-long-enough-one"}
    path = f"/v1/users/{company.owner_id}"
    assert ask(api, "PATCH", path, token=company.token, body=password).status == 200
    assert ask(accounts, "POST", "/logout", token=company.token).status == 401


def test_refresh_gives_a_token_for_the_same_session(company):
    answer = ask(accounts, "POST", "/refresh", token=company.token)
    fresh = answer.body["accessToken"]
    assert claims_of(fresh)["sid"] == claims_of(company.token)["sid"]
    assert who(token=fresh).status == 200
    ask(accounts, "POST", "/logout", token=fresh)
    assert ask(accounts, "POST", "/refresh", token=company.token).status == 401


def test_a_cookie_alone_writes_only_for_a_page_of_ours(company):
    cookies = {f"{COOKIE}-{company.codename}": company.token}
    json_type = {"content-type": "application/json"}
    ours = {**json_type, "origin": "https://api.example"}
    cases = [
        ({}, 415),
        ({"content-type": "text/plain", "origin": "https://api.example"}, 415),
        (json_type, 401),
        ({**json_type, "origin": "https://evil.example"}, 401),
        ({**json_type, "origin": "null"}, 401),
        (ours, 200),
        ({**ours, "host": "inside:1", "x-forwarded-host": "api.example"}, 200),
    ]
    for headers, status in cases:
        answer = ask(accounts, "POST", "/refresh", cookies=cookies, headers=headers)
        assert answer.status == status, headers
    assert answer.body["accessToken"] is None
    assert answer.cookies[0].startswith(f"{COOKIE}-{company.codename}=ey")
    assert ask(api, "GET", "/v1/company", cookies=cookies).status == 200


def test_a_token_in_the_query_is_not_logged(company, caplog):
    ask(api, "GET", "/v1/company", query={"access_token": company.token})
    ask(api, "GET", "/v1/company", query={"access_token": company.token + "x"})
    assert len(caplog.records) >= 2
    assert company.token[:40] not in "".join(str(vars(record)) for record in caplog.records)


def test_standing_is_read_again_after_half_a_minute(company, parts, monkeypatch):
    assert who(token=company.token).status == 200
    elsewhere = SessionStore(parts.directory)
    session_id = claims_of(company.token)["sid"]
    elsewhere.end(CompanyId(company.company_id), company.owner_id, session_id)
    later = time.monotonic() + 31
    monkeypatch.setattr(parts.sessions._standings, "_clock", lambda: later)
    assert who(token=company.token).status == 401


def test_a_suspended_company_cannot_be_used():
    company = own_company()
    token = log_in(**SUPER_ADMIN)
    path = f"/v1/companies/{company.company_id}"
    assert ask(api, "PATCH", path, token=token, body={"suspended": True}).status == 200
    assert who(token=company.token).status == 401
    body = {"email": company.email, "password": OWNER_PASSWORD}
    assert ask(accounts, "POST", "/login", body=body).status == 401
    assert ask(api, "PATCH", path, token=token, body={"suspended": False}).status == 200
    assert log_in(company.email, OWNER_PASSWORD)


def test_a_repeated_refresh_gets_the_same_token_and_the_table_cannot_read_it(
    parts, company, monkeypatch
):
    def refresh(key):
        headers = {"Idempotency-Key": key}
        return ask(accounts, "POST", "/refresh", token=company.token, headers=headers)

    first = refresh("one-key")
    assert first.status == 200
    later = parts.now() + timedelta(seconds=10)
    monkeypatch.setattr(type(parts), "now", lambda _self: later)
    assert refresh("one-key").body == first.body
    assert refresh("another").body["accessToken"] != first.body["accessToken"]
    pages = parts.table._client.scan(TableName=parts.settings.table_name)
    assert first.body["accessToken"] not in str(pages["Items"])

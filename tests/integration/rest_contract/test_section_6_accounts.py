"""rest-api.md section 6: sessions, companies, roles."""

import base64
import json
import statistics
import time
from datetime import timedelta

import pytest

from accounts_api.app import lambda_handler as accounts
from attendance.adapters.sessions import SessionStore
from attendance.identity import CompanyId
from attendance.services.reserved_codenames import RESERVED_CODENAMES
from attendance_api.app import lambda_handler as api
from tests.accounts import (
    OWNER_PASSWORD,
    SUPER_ADMIN,
    fresh_codename,
    log_in,
    own_company,
    owner_body,
)
from tests.http_events import ask
from tests.integration.attendance_api.test_actions import refusal

pytestmark = pytest.mark.usefixtures("parts")

COOKIE = "workforceos-access-token"
ROOT = "00000000-0000-0000-0000-000000000000"


def post(path: str, body: object = None, **options):
    return ask(accounts, "POST", path, body=body, **options)


def who(token: str, **options):
    return ask(api, "GET", "/currentuser", token=token, **options)


def colleague(owner, user_id: str = "mia", role: str = "manager", **more) -> dict:
    """Somebody of the owner's company, with a password."""
    body = {
        "userId": user_id,
        "email": f"{user_id}@{owner.codename}.example",
        "fullname": user_id.title(),
        "roleId": role,
        "password": OWNER_PASSWORD,
        **more,
    }
    made = ask(api, "POST", "/v1/users", token=owner.token, body=body)
    assert made.status == 201, made.text
    return body


def test_a_company_and_its_owner_are_made_together_and_get_no_token():
    """“* `POST /tenantowners` (public):
    `{email,password,fullname,avatar?,company:{name,codename,timezone}}` → 201,
    `dataName:"company"` `{id,codename,name,timezone}` and beside it `user`; no token; role
    `tenantAdmin`; atomic.”
    """
    codename = fresh_codename()
    body = owner_body(codename, avatar="https://pictures.example/o.png")
    made = post("/tenantowners", body)
    assert (made.status, made.body["dataName"], made.body["action"]) == (201, "company", "create")
    assert {"id", "codename", "name", "timezone"} <= set(made.body["company"])
    assert made.body["company"]["codename"] == codename
    user = made.body["user"]
    assert (user["roleId"], user["email"], user["avatar"]) == (
        "tenantAdmin",
        body["email"],
        body["avatar"],
    )
    assert "token" not in made.text.lower().replace("codename", "")
    assert (made.cookies, "password" in made.text) == ([], False)
    again = post("/tenantowners", owner_body(codename, email="second@person.example"))
    assert again.status == 409
    second = {"email": "second@person.example", "password": OWNER_PASSWORD}
    assert refusal(post("/login", second)) == (401, "invalidCredentials")


def test_codenames_and_e_mails_have_their_rules():
    """“Codename `^[a-z0-9](-?[a-z0-9]){2,31}$`, unique, a reserved list; an e-mail is unique
    within a company (one person may be in several).”
    """
    for bad in ("ab", "a" * 33, "Abc", "-abc", "abc-", "a--b", "a_b", "a b", "", "ábc", "abc\n"):
        company = {"name": "A", "codename": bad, "timezone": "UTC"}
        refused = post("/tenantowners", owner_body("x", email="a@b.example", company=company))
        assert refused.status == 400, bad
        assert "odename" in refused.body["message"]
    unique = fresh_codename()
    for good in (f"{unique[:1]}-{unique[1:]}", unique.ljust(32, "0"), unique[:6]):
        assert post("/tenantowners", owner_body(good, email="one@person.example")).status == 201
        again = post("/tenantowners", owner_body(good, email="other@person.example"))
        assert refusal(again) == (409, "codenameTaken")
    assert {"admin", "api", "www", "root", "login"} <= RESERVED_CODENAMES
    for reserved in ("admin", "www", "root"):
        refused = post("/tenantowners", owner_body(reserved, email="a@b.example"))
        assert refusal(refused) == (409, "codenameTaken")
    owner = own_company()
    body = {"email": owner.email.upper(), "fullname": "X", "roleId": "employee"}
    taken = ask(api, "POST", "/v1/users", token=owner.token, body=body)
    assert refusal(taken) == (409, "emailTaken")


def test_logging_in_gives_the_session_a_token_and_a_cookie():
    """“* `POST /login` `{email,password,companyId|companyCodename?}` (or the codename as first
    label of the host) → 200, the body of `/currentuser` with `accessToken`, and the cookie
    `workforceos-access-token-{codename}` (HttpOnly, Secure on https, SameSite=Lax).”
    """
    owner = own_company()
    body = {"email": owner.email, "password": OWNER_PASSWORD}
    for named in (
        {"body": body},
        {"body": body | {"companyId": owner.company_id}},
        {"body": body | {"companyCodename": owner.codename}},
        {"body": body, "headers": {"host": f"{owner.codename}.service.example"}},
    ):
        answer = ask(accounts, "POST", "/login", **named)
        assert answer.status == 200
        token = answer.body["accessToken"]
        assert answer.body == who(token).body
        (cookie,) = answer.cookies
        name, *marks = cookie.split("; ")
        assert name == f"{COOKIE}-{owner.codename}={token}"
        assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(marks)
        by_cookie = ask(api, "GET", "/currentuser", cookies=[name])
        assert by_cookie.body["userId"] == owner.owner_id
    plain = ask(accounts, "POST", "/login", body=body, headers={"x-forwarded-proto": "http"})
    assert "Secure" not in plain.cookies[0]


def test_without_a_company_named_the_root_tenant_or_the_only_one_is_meant():
    """“No company named: the root tenant's user, else the only company of that e-mail, else 400
    `errMsg_companyRequired`.”
    """
    assert post("/login", SUPER_ADMIN).body["companyId"] == ROOT
    owner = own_company()
    colleague(owner, "twin", email=SUPER_ADMIN["email"])
    assert post("/login", SUPER_ADMIN).body["companyId"] == ROOT
    here = SUPER_ADMIN | {"password": OWNER_PASSWORD, "companyCodename": owner.codename}
    assert post("/login", here).body["companyId"] == owner.company_id
    body = {"email": owner.email, "password": OWNER_PASSWORD}
    assert post("/login", body).body["companyId"] == owner.company_id
    second = fresh_codename()
    assert post("/tenantowners", owner_body(second, email=owner.email)).status == 201
    assert refusal(post("/login", body)) == (400, "companyRequired")
    chosen = post("/login", body | {"companyCodename": second})
    assert chosen.body["companyCodename"] == second


def test_failures_tell_nothing_and_slow_down_but_never_lock(parts):
    """“Failure: 401 `errMsg_invalidCredentials`, same answer and time for unknown users; after 5
    failures growing delays (429 with `Retry-After`), never a lock.”
    """
    owner = own_company()
    times: dict[str, list[float]] = {}
    answers = []
    for email in (owner.email, f"nobody@{owner.codename}.example"):
        for _ in range(5):
            begun = time.process_time()
            answer = post("/login", {"email": email, "password": "wrong password"})
            times.setdefault(email, []).append(time.process_time() - begun)
            answers.append({k: v for k, v in answer.body.items() if k != "date"})
            assert refusal(answer) == (401, "invalidCredentials")
        throttled = post("/login", {"email": email, "password": "wrong password"})
        assert refusal(throttled) == (429, "throttled")
    assert all(answer == answers[0] for answer in answers)
    known, unknown = (statistics.median(found) for found in times.values())
    assert 0.5 < known / unknown < 2
    right = {"email": owner.email, "password": OWNER_PASSWORD}
    waits = []
    clock = {"now": None}
    with pytest.MonkeyPatch.context() as patch:
        start = parts.now()
        clock["now"] = start
        patch.setattr(type(parts), "now", lambda _self: clock["now"])
        for _ in range(3):
            waiting = post("/login", {"email": owner.email, "password": "wrong password"})
            waits.append(int(waiting.headers["Retry-After"]))
            clock["now"] += timedelta(seconds=waits[-1])
            again = post("/login", {"email": owner.email, "password": "wrong password"})
            assert again.status == 401
        waiting = post("/login", right)
        assert waiting.status == 429
        clock["now"] += timedelta(seconds=int(waiting.headers["Retry-After"]))
        assert post("/login", right).status == 200
    assert waits == sorted(set(waits)), "the delays grow"


def test_what_ends_a_session_ends_it_everywhere_within_a_minute():
    """“`POST /logout` ends that session everywhere within 60 s; so do a password change,
    deactivation and a change of role.”
    """
    owner = own_company()
    path = "/v1/users/mia"
    ends = {
        "logout": lambda token: post("/logout", token=token),
        "password": lambda _: change({"password": "another-good-one"}),
        "role": lambda _: change({"roleId": "employee"}),
        "deactivation": lambda _: ask(api, "DELETE", path, token=owner.token),
    }

    def change(body):
        return ask(api, "PATCH", path, token=owner.token, body=body)

    person = colleague(owner)
    for name, end in ends.items():
        password = "another-good-one" if name in {"role", "deactivation"} else OWNER_PASSWORD
        token = log_in(person["email"], password, companyCodename=owner.codename)
        other = own_company().token
        assert who(token).status == 200
        assert end(token).status == 200, name
        assert who(token).status == 401, name
        assert refusal(ask(api, "GET", "/v1/company", token=token))[0] == 401
        assert who(other).status == 200


def test_another_process_notices_an_ended_session_within_a_minute(parts, monkeypatch):
    """The memory of sessions, companies and grants is never older than 60 seconds."""
    owner = own_company()
    assert who(owner.token).status == 200
    elsewhere = SessionStore(parts.directory)
    session_id = who(owner.token).body["sessionId"]
    elsewhere.end(CompanyId(owner.company_id), owner.owner_id, session_id)
    later = time.monotonic() + 59
    monkeypatch.setattr(parts.sessions._standings, "_clock", lambda: later)
    assert who(owner.token).status == 401


@pytest.fixture
def root() -> str:
    """The superAdmin's token."""
    return log_in(**SUPER_ADMIN)


def of_root(root: str, role: str) -> str:
    """A token of a new person of the root tenant."""
    email = f"{role.lower()}-{fresh_codename()}@service.example"
    body = {"email": email, "fullname": role, "roleId": role, "password": OWNER_PASSWORD}
    made = ask(api, "POST", "/v1/users", token=root, body=body)
    assert made.status == 201, made.text
    return log_in(email, OWNER_PASSWORD)


def test_each_role_of_the_root_tenant_may_what_is_its_own(root):
    """“* Roles: root tenant `superAdmin` (made at first start from settings; all rights in all
    companies), `saasAdmin` (makes, lists, suspends companies; no attendance data), `saasUser`
    (nothing but its own session);”
    """
    owner = own_company()
    inside = {"headers": {"companyId": owner.company_id}}
    assert who(root).body["roleId"] == "superAdmin"
    for path in ("/v1/users", "/v1/attendance-records", "/v1/punches", "/v1/policy"):
        assert ask(api, "GET", path, token=root, **inside).status == 200
    group = ask(api, "POST", "/v1/groups", token=root, body={"name": "g"}, **inside)
    assert group.body["group"]["companyId"] == owner.company_id
    admin, user = of_root(root, "saasAdmin"), of_root(root, "saasUser")
    body = {"name": "New", "codename": fresh_codename(), "timezone": "UTC"}
    made = ask(api, "POST", "/v1/companies", token=admin, body=body)
    assert made.status == 201
    path = f"/v1/companies/{made.body['company']['id']}"
    listed = ask(api, "GET", "/v1/companies", token=admin, query={"pageNumber": 0})
    assert made.body["company"]["id"] in {row["id"] for row in listed.body["companies"]}
    assert ask(api, "PATCH", path, token=admin, body={"suspended": True}).status == 200
    for data in ("/v1/attendance-records", "/v1/punches", "/attendance/all", "/v1/users"):
        assert refusal(ask(api, "GET", data, token=admin))[0] == 401
        assert refusal(ask(api, "GET", data, token=admin, **inside)) == (401, "notAuthorized")
    for denied in ("/v1/companies", "/v1/company", "/v1/users", "/v1/policy", "/v1/shifts"):
        assert refusal(ask(api, "GET", denied, token=user)) == (401, "notAuthorized")
    assert who(user).body["roleId"] == "saasUser"
    assert ask(api, "GET", "/permissions", token=user).body == []


def test_each_role_of_a_company_may_what_is_its_own(world):
    """“in a company `tenantAdmin` (may all that a manager may), `manager`, `employee`.”"""

    def may(user: str) -> set[str]:
        rows = world.get(user, "/permissions").body
        return {row["permissionName"] for row in rows if row["canDo"]}

    assert may("ana") < may("mia") < may("olga")
    assert "attendance.markAbsent" in may("mia") - may("ana")


def test_a_tenant_admin_gives_company_roles_only(world):
    """“A tenantAdmin gives company roles only.”"""
    body = {"fullname": "N", "email": "n@company.example"}
    for role in ("superAdmin", "saasAdmin", "saasUser"):
        refused = world.post("olga", "/v1/users", body | {"roleId": role})
        assert refused.status in {400, 401}, role
        changed = world.ask("olga", "PATCH", "/v1/users/ana", body={"roleId": role})
        assert changed.status in {400, 401}, role
        granted = {"permissionName": "x.y", "roleId": role, "canDo": True}
        assert world.post("olga", "/v1/grants", granted).status == 400
    assert world.get("olga", "/v1/users/ana").body["user"]["roleId"] == "employee"
    for number, role in enumerate(("tenantAdmin", "manager", "employee")):
        given = body | {"roleId": role, "email": f"n{number}@company.example"}
        assert world.post("olga", "/v1/users", given).status == 201
        refused = world.post("mia", "/v1/users", given | {"email": "m@company.example"})
        assert refusal(refused) == (401, "notAuthorized")


def test_roles_grant_named_permissions_that_can_be_added_and_denied(world):
    """“Roles grant named permissions (`attendance.checkIn`, `attendance.markAbsent`, …); grants
    may be added or denied per user, group and object.”
    """
    shift = {"shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
    group = world.post("olga", "/v1/groups", {"name": "g", "userIds": ["ben"]}).body["group"]["id"]

    def grant(can_do: bool, **subject) -> None:
        name = subject.pop("name", "shifts.write")
        body = {"permissionName": name, "canDo": can_do, **subject}
        assert world.post("olga", "/v1/grants", body).status == 201

    assert refusal(world.post("ana", "/v1/shifts", shift)) == (401, "notAuthorized")
    grant(True, userId="ana")
    made = world.post("ana", "/v1/shifts", shift)
    assert made.status == 201
    grant(True, groupId=group)
    assert world.post("ben", "/v1/shifts", shift).status == 201
    grant(False, userId="mia")
    assert refusal(world.post("mia", "/v1/shifts", shift)) == (401, "notAuthorized")
    one = made.body["shift"]["id"]
    grant(False, userId="ana", objectId=one)
    other = world.post("ana", "/v1/shifts", shift).body["shift"]["id"]
    change = {"endTime": "18:00"}
    assert world.ask("ana", "PATCH", f"/v1/shifts/{one}", body=change).status == 401
    assert world.ask("ana", "PATCH", f"/v1/shifts/{other}", body=change).status == 200
    grant(False, name="attendance.checkIn", userId="ana")
    refused = world.post("ana", "/v1/check-in", {"shiftId": one})
    assert refusal(refused) == (401, "notAuthorized")


def parts_of(token: str) -> tuple[dict, dict]:
    header, claims, _ = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(p + "==")) for p in (header, claims))


def test_a_token_is_a_short_lived_signed_jwt(parts, monkeypatch):
    """“* Tokens: JWT signed with an asymmetric key (EdDSA or ES256), `kid` in a JWKS, 60 minutes
    or less, `iss aud sub sid companyId roleId iat nbf exp`;”
    """
    owner = own_company()
    header, claims = parts_of(owner.token)
    assert header["alg"] in {"EdDSA", "ES256"}
    keys = ask(accounts, "GET", "/.well-known/jwks.json").body["keys"]
    assert header["kid"] in {key["kid"] for key in keys}
    names = {"iss", "aud", "sub", "sid", "companyId", "roleId", "iat", "nbf", "exp"}
    assert names <= claims.keys()
    assert 0 < claims["exp"] - claims["iat"] <= 3600
    assert (claims["sub"], claims["companyId"]) == (owner.owner_id, owner.company_id)
    late = parts.now() + timedelta(minutes=61)
    with monkeypatch.context() as patch:
        patch.setattr(parts.find_session, "_now", lambda: late)
        assert ask(api, "GET", "/v1/company", token=owner.token).status == 401


def test_rights_are_read_again(parts, monkeypatch):
    """“rights are read again (cache ≤ 60 s) on every write.”"""
    owner = own_company()
    person = colleague(owner, role="tenantAdmin")
    token = log_in(person["email"], OWNER_PASSWORD, companyCodename=owner.codename)
    made = ask(api, "POST", "/v1/groups", token=token, body={"name": "g"})
    assert made.status == 201
    demoted = {"permissionName": "directory.write", "userId": "mia", "canDo": False}
    assert ask(api, "POST", "/v1/grants", token=owner.token, body=demoted).status == 201
    refused = ask(api, "POST", "/v1/groups", token=token, body={"name": "g"})
    assert refusal(refused) == (401, "notAuthorized")


def test_the_page_renews_by_cookie_and_a_cookie_alone_writes_only_for_our_pages():
    """“The page renews by cookie (`POST /refresh`). A cookie-only write needs a JSON content type
    and an `Origin` of our own.”
    """
    owner = own_company()
    cookies = {f"{COOKIE}-{owner.codename}": owner.token}
    ours = {"origin": "https://api.example", "content-type": "application/json"}
    renewed = post("/refresh", cookies=cookies, headers=ours)
    assert (renewed.status, renewed.body["accessToken"]) == (200, None)
    name, _, value = renewed.cookies[0].partition(";")[0].partition("=")
    assert name == f"{COOKIE}-{owner.codename}"
    assert who(value).body["sessionId"] == who(owner.token).body["sessionId"]
    shown = post("/refresh", token=owner.token)
    assert who(shown.body["accessToken"]).status == 200
    group = {"name": "g"}

    def write(**headers):
        return ask(api, "POST", "/v1/groups", cookies=cookies, body=group, headers=headers)

    assert write(origin="https://api.example").status == 201
    for origin in ({}, {"origin": "https://evil.example"}, {"origin": "null"}):
        assert refusal(write(**origin)) == (401, "notAuthorized")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert write(**ours | {"content-type": kind}).status == 415
    assert refusal(post("/refresh", cookies=cookies))[0] in {401, 415}
    assert ask(api, "GET", "/v1/company", cookies=cookies).status == 200


def test_a_company_may_trust_an_issuer_of_its_own(world):
    """“A company may instead trust its own OpenID Connect issuer.”"""
    issuer = {"issuer": "https://id.acme.example", "audience": "attendance"}
    told = world.ask("olga", "PATCH", "/v1/company", body={"oidc": issuer}).body["company"]
    assert told["oidc"] == issuer
    bad = {"issuer": "http://id.acme.example", "audience": "attendance"}
    assert world.ask("olga", "PATCH", "/v1/company", body={"oidc": bad}).status == 400
    cleared = world.ask("olga", "PATCH", "/v1/company", body={"oidc": None}).body["company"]
    assert cleared["oidc"] is None


def test_a_token_in_the_query_leaves_no_trace(world, caplog):
    """“* A token in the query: taken out before anything is logged; answers carry
    `Cache-Control: no-store`, `Referrer-Policy: no-referrer`.”
    """
    token = world.token("ana")
    for path in ("/v1/attendance-records", "/currentuser", "/v1/nothing", "/v1/users/ben"):
        for sent in (token, token + "x"):
            answer = ask(api, "GET", path, query={"access_token": sent})
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert sent not in answer.text or path == "/currentuser"
    page = ask(api, "GET", "/", query={"access_token": token})
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert caplog.records
    assert token[:40] not in "\n".join(str(vars(record)) for record in caplog.records)

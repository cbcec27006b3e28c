"""Making companies, and getting in."""

import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from accounts_api.app import lambda_handler
from attendance.errors import AttendanceError
from attendance.inputs.account import TenantOwner
from attendance.services.register_company import register_company
from tests.accounts import (
    OWNER_PASSWORD,
    SUPER_ADMIN,
    fresh_codename,
    log_in,
    own_company,
    owner_body,
)
from tests.http_events import ask


def sign_up(**options):
    return ask(lambda_handler, "POST", "/tenantowners", **options)


def try_log_in(email, password, **named):
    body = {"email": email, "password": password, **named}
    return ask(lambda_handler, "POST", "/login", body=body)


def test_a_new_company_comes_with_its_owner_and_no_token():
    answer = sign_up(body=owner_body("acme"))
    assert (answer.status, answer.body["statusCode"]) == (201, "201")
    assert answer.body["dataName"] == "company"
    assert answer.body["action"] == "create"
    company = answer.body["company"]
    assert {k: company[k] for k in ("codename", "name", "timezone")} == {
        "codename": "acme",
        "name": "Acme",
        "timezone": "Europe/Madrid",
    }
    assert set(company) == {"id", "codename", "name", "timezone"}
    assert answer.body["user"]["roleId"] == "tenantAdmin"
    assert "assword" not in answer.text
    assert "oken" not in answer.text


def test_a_stale_cookie_does_not_disturb_a_sign_up():
    cookies = {"workforceos-access-token-old": "not.a.token"}
    assert sign_up(body=owner_body(fresh_codename()), cookies=cookies).status == 201


def test_the_same_paths_answer_under_the_base_path_of_the_document():
    path = "/attendancemanagement-api/tenantowners"
    answer = ask(lambda_handler, "POST", path, body=owner_body(fresh_codename()))
    assert answer.status == 201, answer.text


def test_a_codename_is_given_once():
    codename = fresh_codename()
    assert sign_up(body=owner_body(codename)).status == 201
    again = sign_up(body=owner_body(codename, email="other@person.example"))
    assert (again.status, again.body["message"]) == (409, "errMsg_codenameTaken")
    reserved = sign_up(body=owner_body("admin"))
    assert (reserved.status, reserved.body["message"]) == (409, "errMsg_codenameTaken")


def test_of_many_who_race_for_a_codename_exactly_one_gets_it(parts):
    codename = fresh_codename()

    def register(number: int) -> str:
        owner = TenantOwner.model_validate(owner_body(codename, email=f"u{number}@race.example"))
        try:
            register_company(parts.directory, owner.company, owner, parts.now())
        except AttendanceError as error:
            return error.word
        return "made"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(register, range(8)))
    assert outcomes.count("made") == 1
    assert set(outcomes) <= {"made", "codenameTaken", "throttled"}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"email": "nobody"}, "errMsg_invalidEmail"),
        ({"email": "a\0b@acme.example"}, "errMsg_invalidEmail"),
        ({"avatar": "https://acme.example/a\0.png"}, "errMsg_invalidAvatar"),
        ({"password": "short"}, "errMsg_invalidPassword"),
        ({"password": "x" * 1025}, "errMsg_invalidPassword"),
        ({"fullname": ""}, "errMsg_invalidFullname"),
        ({"company": {"name": "A", "codename": "a--b", "timezone": "UTC"}}, "Codename"),
        ({"company": {"name": "A", "codename": "acme", "timezone": "Mars/One"}}, "Timezone"),
        ({"company": {"name": "A", "timezone": "UTC"}}, "Codename"),
        ({"company": None}, "Company"),
    ],
)
def test_a_bad_field_is_named(change, word):
    answer = sign_up(body=owner_body("acme") | change)
    assert answer.status == 400
    assert word in answer.body["message"]
    assert answer.body["detail"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("{", "broken at line 1, column 2"),
        ('\ufeff{"email": 1}', "broken at line 1, column 1"),
        ("[" * 3000 + "]" * 3000, "nested too deeply"),
        ('{"email": NaN}', "NaN is none"),
        ('{"email": -Infinity}', "-Infinity is none"),
        ('"\\ud800"', "half a character"),
        ('{"email": ' + "9" * 5000 + "}", "too many digits"),
    ],
)
def test_what_is_not_sound_json_is_a_400_that_tells_why_in_plain_words(body, what):
    answer = sign_up(raw_body=body)
    assert answer.status == 400
    assert answer.body["detail"].startswith("body: expected sound JSON; ")
    assert what in answer.body["detail"]
    for ours in ("python", "codec", "sys.", "recursion", "decode"):
        assert ours not in answer.body["detail"].lower()


def test_log_in_gives_a_token_and_a_cookie():
    company = own_company()
    answer = try_log_in(company.email.upper(), OWNER_PASSWORD)
    assert answer.status == 200, answer.text
    assert answer.body["companyCodename"] == company.codename
    assert answer.body["roleId"] == "tenantAdmin"
    (cookie,) = answer.cookies
    name = f"workforceos-access-token-{company.codename}"
    assert cookie.startswith(f"{name}={answer.body['accessToken']};")
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert answer.headers["Cache-Control"] == "no-store"


def test_over_plain_http_the_cookie_is_not_secure():
    body = {"email": own_company().email, "password": OWNER_PASSWORD}
    headers = {"x-forwarded-proto": "http"}
    answer = ask(lambda_handler, "POST", "/login", body=body, headers=headers)
    assert "Secure" not in answer.cookies[0]


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer():
    company = own_company()
    wrong = try_log_in(company.email, "not-the-password")
    unknown = try_log_in("nobody@nowhere.example", "not-the-password")
    nowhere = try_log_in(company.email, OWNER_PASSWORD, companyCodename="nowhere")
    for answer in (wrong, unknown, nowhere):
        assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidCredentials")
        assert answer.body["detail"] == wrong.body["detail"]


@pytest.mark.parametrize("known", [True, False])
def test_after_five_failures_an_account_known_or_not_has_to_wait(known):
    email = own_company().email if known else f"{fresh_codename()}@nowhere.example"
    for _ in range(5):
        assert try_log_in(email, "wrong-password").status == 401
    waiting = try_log_in(email, OWNER_PASSWORD)
    assert (waiting.status, waiting.body["message"]) == (429, "errMsg_throttled")
    assert 1 <= int(waiting.headers["Retry-After"]) <= 2


def test_one_e_mail_in_two_companies_has_to_name_one():
    first, second = own_company(), fresh_codename()
    sign_up(body=owner_body(second, email=first.email))
    unnamed = try_log_in(first.email, OWNER_PASSWORD)
    assert (unnamed.status, unnamed.body["message"]) == (400, "errMsg_companyRequired")
    assert log_in(first.email, OWNER_PASSWORD, companyId=first.company_id)
    named = {"companyId": first.company_id, "companyCodename": first.codename}
    assert log_in(first.email, OWNER_PASSWORD, **named)
    at_odds = try_log_in(first.email, OWNER_PASSWORD, **named | {"companyCodename": second})
    assert (at_odds.status, at_odds.body["message"]) == (401, "errMsg_invalidCredentials")
    by_host = ask(
        lambda_handler,
        "POST",
        "/login",
        body={"email": first.email, "password": OWNER_PASSWORD},
        headers={"host": f"{second}.service.example"},
    )
    assert by_host.body["companyCodename"] == second


def test_the_super_admin_is_made_from_the_secret_at_the_first_log_in():
    answer = try_log_in(**SUPER_ADMIN)
    assert answer.status == 200, answer.text
    assert answer.body["roleId"] == "superAdmin"
    assert answer.body["companyCodename"] == "root"
    assert try_log_in(SUPER_ADMIN["email"], "another-password").status == 401


def test_the_public_keys_verify_a_token():
    token = own_company().token
    jwks = ask(lambda_handler, "GET", "/.well-known/jwks.json")
    assert "d" not in jwks.body["keys"][0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        claims = jwt.decode(token, KeySet.import_key_set(jwks.body), algorithms=["EdDSA"]).claims
    assert claims["exp"] - claims["iat"] <= 3600
    assert {"iss", "aud", "sub", "sid", "companyId", "roleId", "iat", "nbf", "exp"} == set(claims)

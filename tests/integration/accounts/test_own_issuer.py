"""A company that trusts its own OpenID Connect issuer, asked over real TLS."""

import json
import ssl
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from accounts_api.app import lambda_handler as accounts
from attendance.adapters.sessions import SessionStore
from attendance.identity import CompanyId
from attendance_api.app import lambda_handler as api
from tests.certificate import make_certificate
from tests.http_events import ask


class Issuer:
    """An issuer on loopback: discovery, keys, tokens."""

    def __init__(self, certificate_file):
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        self.shown = [self.key]
        self.asked = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                body = json.dumps(outer.answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate_file)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        if path == "/keys":
            return {"keys": [key.as_dict(private=False) for key in self.shown]}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}

    def token(self, key=None, alg="ES256", **changes):
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": "attendance-acme",
            "sub": "olga",
            "iat": now,
            "exp": now + 600,
            **changes,
        }
        present = {name: value for name, value in claims.items() if value is not None}
        key = key or self.key
        return jwt.encode({"alg": alg, "kid": key.kid}, present, key, algorithms=[alg])

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def issuer(tmp_path, monkeypatch):
    path = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    made = Issuer(path)
    yield made
    made.close()


@pytest.fixture
def trusting(company, issuer):
    """The company, trusting the issuer; gives the headers that name it."""
    body = {"oidc": {"issuer": issuer.url, "audience": "attendance-acme"}}
    assert ask(api, "PATCH", "/v1/company", token=company.token, body=body).status == 200
    return {"companyId": company.company_id}


def test_a_token_of_the_own_issuer_opens_a_session_of_the_person_with_its_e_mail(
    company, issuer, trusting
):
    token = issuer.token(email=company.email.upper())
    answer = ask(api, "GET", "/currentuser", token=token, headers=trusting)
    assert answer.status == 200, answer.text
    assert answer.body["userId"] == company.owner_id
    assert ask(api, "GET", "/v1/company", token=token, headers=trusting).status == 200
    assert issuer.asked == 2


def test_an_unknown_key_is_asked_for_again_but_not_for_every_token(company, issuer, trusting):
    other = ECKey.generate_key("P-256", {"kid": uuid.uuid4().hex})
    for _ in range(3):
        token = issuer.token(other, email=company.email)
        assert ask(api, "GET", "/v1/company", token=token, headers=trusting).status == 401
    assert issuer.asked <= 4


def test_what_the_issuer_does_not_vouch_for_is_refused(company, issuer, trusting):
    email = company.email
    shared = OctKey.import_key(b"s" * 32, {"kid": "shared"})
    issuer.shown = [issuer.key]
    refused = {
        "another audience": issuer.token(email=email, aud="another"),
        "expired": issuer.token(email=email, exp=int(time.time()) - 60),
        "no end": issuer.token(email=email, exp=None),
        "no e-mail": issuer.token(),
        "not verified": issuer.token(email=email, email_verified=False),
        "nobody": issuer.token(email="nobody@acme.example"),
        "shared secret": issuer.token(shared, "HS256", email=email),
        "another issuer": issuer.token(email=email, iss="https://evil.example"),
    }
    for name, token in refused.items():
        answer = ask(api, "GET", "/v1/company", token=token, headers=trusting)
        assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidToken"), name


def test_the_company_has_to_be_named_and_has_to_trust_the_issuer(company, issuer, trusting):
    token = issuer.token(email=company.email)
    unnamed = ask(api, "GET", "/v1/company", token=token)
    assert (unnamed.status, unnamed.body["message"]) == (401, "errMsg_invalidToken")
    assert "companyId" in unnamed.body["detail"]
    ask(api, "PATCH", "/v1/company", token=company.token, body={"oidc": None})
    assert ask(api, "GET", "/v1/company", token=token, headers=trusting).status == 401


def test_an_issuer_that_is_away_is_a_401_and_not_a_500(company, issuer, trusting):
    token = issuer.token(email=company.email)
    issuer.close()
    answer = ask(api, "GET", "/v1/company", token=token, headers=trusting)
    assert (answer.status, answer.body["message"]) == (401, "errMsg_invalidToken")


def test_log_out_ends_this_session_of_the_issuer_here_too(company, issuer, trusting, parts):
    ended = issuer.token(email=company.email, sid="one")
    other = issuer.token(email=company.email, sid="two")
    assert ask(api, "GET", "/v1/company", token=ended, headers=trusting).status == 200
    assert ask(accounts, "POST", "/logout", token=ended, headers=trusting).status == 200
    assert ask(accounts, "POST", "/logout", token=ended, headers=trusting).status == 200
    renewed = issuer.token(email=company.email, sid="one", exp=int(time.time()) + 900)
    for token, status in ((ended, 401), (renewed, 401), (other, 200)):
        answer = ask(api, "GET", "/v1/company", token=token, headers=trusting)
        assert answer.status == status


def test_another_process_notices_within_a_minute_that_a_session_of_the_issuer_ended(
    company, issuer, trusting, parts, monkeypatch
):
    token = issuer.token(email=company.email, sid="one")
    shown = ask(api, "GET", "/currentuser", token=token, headers=trusting).body
    elsewhere = SessionStore(parts.directory)
    elsewhere.end(CompanyId(company.company_id), company.owner_id, shown["sessionId"])
    assert ask(api, "GET", "/v1/company", token=token, headers=trusting).status == 200
    later = time.monotonic() + 59
    monkeypatch.setattr(parts.sessions._issued, "_clock", lambda: later)
    assert ask(api, "GET", "/v1/company", token=token, headers=trusting).status == 401


def test_another_key_of_the_issuer_is_known_within_half_a_minute_and_the_former_is_not_missed(
    company, issuer, trusting, parts, monkeypatch
):
    first = issuer.token(email=company.email)
    assert ask(api, "GET", "/v1/company", token=first, headers=trusting).status == 200
    issuer.key = ECKey.generate_key("P-256", {"kid": uuid.uuid4().hex})
    issuer.shown.append(issuer.key)
    second = issuer.token(email=company.email)
    later = time.monotonic() + 31
    issuer_keys = parts.find_session._issuer_opener._keys
    monkeypatch.setattr(issuer_keys._asked, "_clock", lambda: later)
    for token in (second, first):
        assert ask(api, "GET", "/v1/company", token=token, headers=trusting).status == 200
    assert issuer.asked == 4

"""`/tenantowners`, `/login`, `/logout`, `/refresh` and the JWKS (rest-api.md section 6)."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from accounts_api.parts import accounts_parts
from attendance.adapters.kept_answers import AnswerStore
from attendance.bootstrap import runtime
from attendance.http.api import build_resolver, current_request, serve
from attendance.http.current_user import current_user_body
from attendance.http.envelope import envelope, json_response
from attendance.http.request import Request
from attendance.http.session_cookie import ended_cookie, seconds_until, session_cookie
from attendance.identity import CompanyId
from attendance.inputs.account import LogIn, TenantOwner
from attendance.model.session import Session
from attendance.services.begin_session import begin_session, renew_session
from attendance.services.ensure_root import ensure_root
from attendance.services.log_in import log_in
from attendance.services.register_company import register_company
from attendance.services.show_company import show_new_company
from attendance.services.show_user import show_user

app: APIGatewayHttpResolver = build_resolver()


@app.post("/tenantowners", tags=["accounts"], summary="Make a company and its owner")
def post_tenant_owner(body: Annotated[TenantOwner, Body()]) -> Response[Any]:
    """Make a company and its tenantAdmin, both or neither; no token comes back."""
    request, parts = current_request(app), runtime()
    request.find_session = None
    founding = register_company(parts.directory, body.company, body, parts.now())
    return envelope(
        request,
        "company",
        show_new_company(founding.company),
        action="create",
        app_version=parts.settings.app_version,
        status=201,
        beside={"user": show_user(founding.owner)} if founding.owner else None,
    )


@app.post("/login", tags=["accounts"], summary="Log in")
def post_login(body: Annotated[LogIn, Body()]) -> Response[Any]:
    """A session with its token, also set as a cookie."""
    request, accounts = current_request(app), accounts_parts()
    parts, now = accounts.runtime, accounts.runtime.now()
    ensure_root(parts.directory, parts.secrets, parts.settings.super_admin_secret_arn, now)
    account = log_in(parts.directory, accounts.attempts, body, _host(request), now)
    session = begin_session(
        parts.sessions, accounts.issuer, account.user, account.company, parts.now()
    )
    return _with_cookie(request, session, current_user_body(session))


@app.post("/logout", tags=["accounts"], summary="End the session")
def post_logout() -> Response[Any]:
    """End the session everywhere; other functions notice within a minute. Once more is fine."""
    request, parts = current_request(app), runtime()
    session = request.session()
    own = CompanyId(session.user.company_id)
    parts.sessions.end(own, session.user_id, session.session_id, session.expires_at)
    company = parts.directory.company(own)
    codename = company.body["codename"] if company else session.company_codename
    return json_response(200, {"status": "OK"}, cookies=[ended_cookie(request, codename)])


@app.post("/refresh", tags=["accounts"], summary="Renew the session's token")
def post_refresh() -> Response[Any]:
    """A fresh token for the same session; one that came by cookie leaves by cookie only."""
    request, accounts = current_request(app), accounts_parts()
    parts = accounts.runtime
    session = request.session()
    renewed = renew_session(parts.sessions, accounts.issuer, session, parts.now())
    body = current_user_body(renewed)
    if session.by_cookie:
        body["accessToken"] = None
    return _with_cookie(request, renewed, body)


@app.get("/.well-known/jwks.json", tags=["accounts"], summary="The keys that verify tokens")
def get_jwks() -> Response[Any]:
    """The public keys (RFC 7517), so that other services can verify tokens."""
    accounts = accounts_parts()
    accounts.issuer.key()
    return json_response(200, accounts.runtime.public_keys.as_jwks())


def _with_cookie(request: Request, session: Session, body: dict[str, Any]) -> Response[Any]:
    seconds = seconds_until(session.expires_at, session.issued_at)
    cookie = session_cookie(request, session.company_codename, session.access_token or "", seconds)
    return json_response(200, body, cookies=[cookie])


_NEVER_ONCE = ("/login", "/tenantowners")
"""POSTs without a session, to which `Idempotency-Key` does not apply (rest-api.md section 1)."""


def _host(request: Request) -> str:
    return request.headers.get("x-forwarded-host") or request.headers.get("host", "")


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of API Gateway."""
    parts, path = runtime(), event["rawPath"]
    find, asks_once = parts.find_session, not path.endswith(_NEVER_ONCE)
    return serve(
        app,
        event,
        context,
        find_session=find.even_ended if path.endswith("/logout") else find,
        logger=parts.logger,
        answers=AnswerStore(parts.table) if asks_once else None,
        allowed_origins=parts.settings.allowed_origins,
    )

"""A session by a token of the company's own OpenID Connect issuer (rest-api.md section 6)."""

import uuid
from datetime import datetime

from attendance.adapters.access import Access
from attendance.adapters.issuer_keys import IssuerKeys
from attendance.adapters.issuer_tokens import IssuerClaims, verify_issuer_token
from attendance.adapters.sessions import SessionStore
from attendance.adapters.tokens import BadTokenError
from attendance.errors import UnauthenticatedError
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.model.session import Session

_SESSIONS = uuid.UUID("6d0f3f36-6a0e-4b52-a7c4-2f2a38a0b6f1")


class IssuerSessionOpener:
    """The person is the active one with the token's e-mail; the session ends here or there."""

    def __init__(self, access: Access, issuer_keys: IssuerKeys, sessions: SessionStore) -> None:
        self._access = access
        self._sessions = sessions
        self._keys = issuer_keys

    def open(
        self,
        token: str,
        now: datetime,
        *,
        issuer: str,
        company_id: str | None,
        by_cookie: bool,
        ended_too: bool = False,
    ) -> Session:
        """The session in the company that the request names: no token of an issuer names one.

        With `ended_too` also one that has been logged out. Raises UnauthenticatedError, also when
        no company is named.
        """
        if company_id is None:
            raise UnauthenticatedError(
                "invalidToken", "companyId: name the company that trusts this token's issuer."
            )
        company = self._access.company_named(company_id)
        trusted = None if company is None else company.body.get("oidc")
        if company is None or company.body.get("suspended") or not trusted:
            raise BadTokenError
        if trusted["issuer"] != issuer:
            raise BadTokenError
        claims = verify_issuer_token(
            self._keys, token, now, issuer=issuer, audience=trusted["audience"]
        )
        session = self._session(company, claims, None if by_cookie else token)
        place = (session.company, session.user_id, session.session_id)
        if not ended_too and not self._sessions.goes_on(*place):
            raise BadTokenError
        return session

    def _session(self, company: Member, claims: IssuerClaims, token: str | None) -> Session:
        own = CompanyId(company.member_id)
        user = self._access.person(own, claims.email)
        if user is None or not user.is_active:
            raise BadTokenError
        if user.valid_from is not None and claims.issued_at < user.valid_from:
            raise BadTokenError
        name = f"{own}/{claims.subject}/{claims.session_id or claims.issued_at}"
        return Session(
            session_id=str(uuid.uuid5(_SESSIONS, name)),
            user=user,
            company=own,
            company_codename=company.body["codename"],
            access_token=token,
            by_cookie=token is None,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
            grants=self._access.grants(own).of(user),
        )

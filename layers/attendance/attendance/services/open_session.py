"""From a token to the session behind it."""

from datetime import datetime

from attendance.adapters.access import Access
from attendance.adapters.sessions import SessionStore, Standing
from attendance.adapters.tokens import BadTokenError, TokenVerifier
from attendance.domain.permissions import Role
from attendance.errors import NotAuthorizedError, NotFoundError
from attendance.identity import CompanyId
from attendance.model.claims import Claims
from attendance.model.directory import Member
from attendance.model.session import Session


class SessionOpener:
    """Verifies tokens and reads what stands behind them (rest-api.md sections 1 and 6)."""

    def __init__(self, verifier: TokenVerifier, sessions: SessionStore, access: Access) -> None:
        self._verifier = verifier
        self._sessions = sessions
        self._access = access

    def open(
        self,
        token: str,
        now: datetime,
        *,
        company_id: str | None,
        by_cookie: bool,
        ended_too: bool = False,
    ) -> Session:
        """The session of a token, for the company named or else its own.

        With `ended_too` also one that has been logged out, while its token is in force. Raises
        UnauthenticatedError (`invalidToken`), NotAuthorizedError for a foreign company,
        NotFoundError when a superAdmin names a company that does not exist.
        """
        claims = self._verifier.verify(token, now)
        place = (claims.company, claims.user_id, claims.session_id)
        standing = self._sessions.standing(*place)
        if standing is None and ended_too:
            standing = self._sessions.ended(*place)
        if standing is None or not standing.holds(now):
            raise BadTokenError
        company = self._company(standing, company_id)
        return self._session(claims, standing, company, None if by_cookie else token)

    def _company(self, standing: Standing, named: str | None) -> Member:
        if named is None or named == standing.company.member_id:
            return standing.company
        if standing.user.role_id != Role.SUPER_ADMIN:
            raise NotAuthorizedError("companyId: this session belongs to another company.")
        company = self._access.company_named(named)
        if company is None:
            raise NotFoundError("companyId: there is no such company.")
        return company

    def _session(
        self, claims: Claims, standing: Standing, company: Member, access_token: str | None
    ) -> Session:
        all_rights = standing.user.role_id == Role.SUPER_ADMIN
        return Session(
            session_id=claims.session_id,
            user=standing.user,
            company=CompanyId(company.member_id),
            company_codename=company.body["codename"],
            access_token=access_token,
            by_cookie=access_token is None,
            issued_at=claims.issued_at,
            expires_at=claims.expires_at,
            grants=() if all_rights else self._access.grants(claims.company).of(standing.user),
        )

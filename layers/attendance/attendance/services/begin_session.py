"""Sessions begun by a log-in, and renewed by the page (rest-api.md section 6)."""

from dataclasses import replace
from datetime import datetime

from attendance.adapters.sessions import SessionStore
from attendance.adapters.token_issuer import TokenIssuer
from attendance.adapters.tokens import BadTokenError
from attendance.identity import CompanyId
from attendance.model.directory import Member, User
from attendance.model.session import Session


def begin_session(
    sessions: SessionStore, issuer: TokenIssuer, user: User, company: Member, now: datetime
) -> Session:
    """A session with its first token."""
    own = CompanyId(company.member_id)
    session_id, ends_at = sessions.begin(own, user.user_id, now)
    token, claims = issuer.issue(user, session_id, now=now, ends_at=ends_at)
    return Session(
        session_id=session_id,
        user=user,
        company=own,
        company_codename=company.body["codename"],
        access_token=token,
        by_cookie=False,
        issued_at=claims.issued_at,
        expires_at=claims.expires_at,
    )


def renew_session(
    sessions: SessionStore, issuer: TokenIssuer, session: Session, now: datetime
) -> Session:
    """The same session, for the person's own company, with a fresh token.

    Raises UnauthenticatedError when the session has ended meanwhile.
    """
    own = CompanyId(session.user.company_id)
    standing = sessions.standing(own, session.user_id, session.session_id)
    if standing is None or not standing.holds(now):
        raise BadTokenError
    token, claims = issuer.issue(
        standing.user, session.session_id, now=now, ends_at=standing.ends_at
    )
    return replace(
        session,
        user=standing.user,
        company=own,
        company_codename=standing.company.body["codename"],
        access_token=token,
        issued_at=claims.issued_at,
        expires_at=claims.expires_at,
    )

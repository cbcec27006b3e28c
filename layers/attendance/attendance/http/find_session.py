"""The session of a request: token, company, and the rights as they are now."""

from collections.abc import Callable, Collection
from datetime import datetime

from attendance.adapters.access import Access
from attendance.adapters.issuer_tokens import issuer_named
from attendance.http.cookie_guard import guard_cookie_write
from attendance.http.named_company import named_company
from attendance.http.request import Request
from attendance.http.token_place import FoundToken, find_token
from attendance.model.session import Session
from attendance.services.open_issuer_session import IssuerSessionOpener
from attendance.services.open_session import SessionOpener


class FindSession:
    """Calls give the session of a request, or None when it carries no token."""

    def __init__(
        self,
        *,
        opener: SessionOpener,
        issuer_opener: IssuerSessionOpener,
        own_issuer: str,
        access: Access,
        allowed_origins: Collection[str],
        now: Callable[[], datetime],
    ) -> None:
        self._opener = opener
        self._issuer_opener = issuer_opener
        self._own_issuer = own_issuer
        self._access = access
        self._allowed_origins = allowed_origins
        self._now = now

    def __call__(self, request: Request) -> Session | None:
        """Raises UnauthenticatedError, NotAuthorizedError, InvalidError (sections 1 and 3)."""
        return self._find(request, ended_too=False)

    def even_ended(self, request: Request) -> Session | None:
        """Also one that has been logged out: whoever lost the answer may log out again."""
        return self._find(request, ended_too=True)

    def _find(self, request: Request, *, ended_too: bool) -> Session | None:
        company_id = named_company(request)
        found = find_token(request, lambda: self._codename(company_id))
        if found is None:
            return None
        session = self._open(found, company_id, ended_too=ended_too)
        if found.by_cookie:
            guard_cookie_write(request, self._allowed_origins)
        return session

    def _open(self, found: FoundToken, company_id: str | None, *, ended_too: bool) -> Session:
        issuer, now = issuer_named(found.text), self._now()
        if issuer is None or issuer == self._own_issuer:
            return self._opener.open(
                found.text,
                now,
                company_id=company_id,
                by_cookie=found.by_cookie,
                ended_too=ended_too,
            )
        return self._issuer_opener.open(
            found.text,
            now,
            issuer=issuer,
            company_id=company_id,
            by_cookie=found.by_cookie,
            ended_too=ended_too,
        )

    def _codename(self, company_id: str | None) -> str | None:
        if company_id is None:
            return None
        company = self._access.company_named(company_id)
        return "" if company is None else str(company.body["codename"])

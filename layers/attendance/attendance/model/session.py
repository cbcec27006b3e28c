"""Who is asking, and for which company: decided once a request."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from attendance.domain.grants import Grant, decide
from attendance.domain.permissions import ROLE_PERMISSIONS, Role
from attendance.errors import NotAuthorizedError
from attendance.identity import CompanyId
from attendance.model.directory import User


@dataclass(frozen=True, kw_only=True)
class Session:
    """A verified token with the person behind it, read again at most 60 s ago.

    `company` is the one the request is about; only a superAdmin's may differ from the user's.
    `access_token` is None when the session came by cookie (rest-api.md section 5). `grants` are
    those in effect for this person.
    """

    session_id: str
    user: User
    company: CompanyId
    company_codename: str
    access_token: str | None
    by_cookie: bool
    issued_at: datetime
    expires_at: datetime | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def user_id(self) -> str:
        """The person's id."""
        return self.user.user_id

    @cached_property
    def role(self) -> Role:
        """The person's role as it is now, not as the token says."""
        return Role(self.user.role_id)

    def may(self, permission: str, object_id: str | None = None) -> bool:
        """Whether role and grants give a named permission, in general or for one object."""
        by_role = permission in ROLE_PERMISSIONS[self.role]
        return decide(permission, by_role, self.grants, object_id)

    def require(self, permission: str, object_id: str | None = None) -> None:
        """Raises NotAuthorizedError unless the session may."""
        if not self.may(permission, object_id):
            raise NotAuthorizedError(f"This needs the permission {permission}.")

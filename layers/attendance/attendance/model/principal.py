"""Who acts in a company: a person with a session, or a part of the service itself."""

from dataclasses import dataclass
from typing import Protocol

from attendance.domain.permissions import ROLE_PERMISSIONS, Role
from attendance.errors import NotAuthorizedError
from attendance.identity import CompanyId


class Principal(Protocol):
    """What use cases of the directory ask about who acts; `model.session.Session` is one."""

    @property
    def company(self) -> CompanyId:
        """The company it is about."""

    @property
    def user_id(self) -> str:
        """The person's id; for a part of the service a text that no person can have as id."""

    @property
    def role(self) -> Role:
        """The role whose rights count."""

    def may(self, permission: str, object_id: str | None = None) -> bool:
        """Whether a named permission is given, in general or for one object."""

    def require(self, permission: str, object_id: str | None = None) -> None:
        """Raises NotAuthorizedError unless it is."""


@dataclass(frozen=True, kw_only=True)
class SystemCaller:
    """A part of the service, such as `directory`, with the rights of a company's tenantAdmin."""

    company: CompanyId
    actor: str

    @property
    def user_id(self) -> str:
        """No person's: ids have no colon."""
        return f"system:{self.actor}"

    @property
    def role(self) -> Role:
        """It gives what an admin of the company could give."""
        return Role.TENANT_ADMIN

    def may(self, permission: str, _object_id: str | None = None) -> bool:
        """By role alone: grants speak of people."""
        return permission in ROLE_PERMISSIONS[self.role]

    def require(self, permission: str, object_id: str | None = None) -> None:
        """Raises NotAuthorizedError for what no tenantAdmin may."""
        if not self.may(permission, object_id):
            raise NotAuthorizedError(f"This needs the permission {permission}.")

"""Who may give which role, and change whom (rest-api.md section 6)."""

from attendance.domain.permissions import COMPANY_ROLES, Role
from attendance.errors import NotAuthorizedError, invalid_field
from attendance.identity import ROOT_COMPANY
from attendance.model.principal import Principal

_ROOT_ROLES = frozenset(Role) - COMPANY_ROLES
_GIVES_ALL = frozenset({Role.SUPER_ADMIN, Role.TENANT_ADMIN})


def require_may_give(session: Principal, role: Role) -> None:
    """A company has company roles only, the root tenant its own.

    Raises InvalidError for a role of the other kind, NotAuthorizedError for one above the giver.
    """
    known = _ROOT_ROLES if session.company == ROOT_COMPANY else COMPANY_ROLES
    if role not in known:
        raise invalid_field("roleId", f"one of {', '.join(sorted(known))}")
    require_not_above(session, role)


def require_not_above(session: Principal, role: Role) -> None:
    """Who was only granted the right to write people cannot make or change an admin."""
    if role not in {Role.EMPLOYEE, Role.MANAGER} and session.role not in _GIVES_ALL:
        raise NotAuthorizedError("This needs the role of an admin.")

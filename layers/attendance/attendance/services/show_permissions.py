"""What a session may do, as `/permissions` tells it (rest-api.md section 5)."""

from typing import Any

from attendance.domain.grants import Grant, Subject, exceptions
from attendance.domain.permissions import ROLE_PERMISSIONS
from attendance.model.session import Session


def show_permissions(session: Session) -> list[dict[str, Any]]:
    """The role's own permissions, then the grants that speak of this person."""
    by_role = [
        _row(session, f"role:{name}", name, None, True, Subject.ROLE, session.role.value)
        for name in sorted(ROLE_PERMISSIONS[session.role])
    ]
    return by_role + [_grant(session, grant) for grant in session.grants]


def show_permission(session: Session, permission: str) -> dict[str, Any]:
    """`canDo` in general, and in `exceptions` the objects for which the opposite holds."""
    by_role = permission in ROLE_PERMISSIONS[session.role]
    can_do, objects = exceptions(permission, by_role, session.grants)
    return {"canDo": can_do, "exceptions": list(objects)}


def _grant(session: Session, grant: Grant) -> dict[str, Any]:
    return _row(
        session,
        grant.grant_id,
        grant.permission,
        grant.object_id,
        grant.can_do,
        grant.subject,
        grant.subject_id,
    )


def _row(
    session: Session,
    grant_id: str,
    permission: str,
    object_id: str | None,
    can_do: bool,
    subject: Subject,
    subject_id: str,
) -> dict[str, Any]:
    return {
        "id": grant_id,
        "permissionName": permission,
        "roleId": subject_id if subject is Subject.ROLE else None,
        "subjectUserId": subject_id if subject is Subject.USER else None,
        "subjectUserGroupId": subject_id if subject is Subject.GROUP else None,
        "objectId": object_id,
        "canDo": can_do,
        "tenantCodename": session.company_codename,
    }

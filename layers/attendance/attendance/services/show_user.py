"""A person as clients see one: never with a password, not even as a hash."""

from datetime import date
from typing import Any

from attendance.model.directory import User
from attendance.times import to_iso


def show_user(user: User) -> dict[str, Any]:
    """The body keys of rest-api.md section 7, and what we add."""
    return {
        "id": user.user_id,
        "userId": user.user_id,
        "companyId": user.company_id,
        "email": user.email,
        "fullname": user.fullname,
        "avatar": user.avatar,
        "roleId": user.role_id,
        "departmentId": user.department_id,
        "deviceUserIds": list(user.device_user_ids),
        "employedFrom": _day(user.employed_from),
        "employedTo": _day(user.employed_to),
        "isActive": user.is_active,
        "createdAt": to_iso(user.created_at),
        "updatedAt": to_iso(user.updated_at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

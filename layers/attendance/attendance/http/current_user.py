"""The session as `/currentuser` and `/login` show it (rest-api.md section 5)."""

from typing import Any

from attendance.model.session import Session
from attendance.times import optional_to_iso, to_iso


def current_user_body(session: Session) -> dict[str, Any]:
    """Bare, without an envelope; `accessToken` is null when the session came by cookie."""
    user = session.user
    return {
        "sessionId": session.session_id,
        "userId": user.user_id,
        "email": user.email,
        "fullname": user.fullname,
        "avatar": user.avatar,
        "roleId": user.role_id,
        "departmentId": user.department_id,
        "tenantId": str(session.company),
        "companyId": str(session.company),
        "companyCodename": session.company_codename,
        "accessToken": session.access_token,
        "issuedAt": to_iso(session.issued_at),
        "expiresAt": optional_to_iso(session.expires_at),
    }

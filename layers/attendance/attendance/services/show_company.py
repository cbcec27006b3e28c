"""A company as clients see it."""

from datetime import date
from typing import Any

from attendance.model.directory import Member
from attendance.services.payroll_closing import closed_through, closings_of
from attendance.times import to_iso


def show_new_company(company: Member) -> dict[str, Any]:
    """What a new owner is told (rest-api.md section 6)."""
    names = ("codename", "name", "timezone")
    return {"id": company.member_id, **{name: company.body[name] for name in names}}


def show_company(company: Member) -> dict[str, Any]:
    """All that may be seen of a company."""
    return {
        **show_new_company(company),
        "companyId": company.member_id,
        "oidc": company.body.get("oidc"),
        "payrollClosedThrough": _day(closed_through(closings_of(company.body))),
        "suspended": bool(company.body.get("suspended")),
        "isActive": company.is_active,
        "createdAt": to_iso(company.created_at),
        "updatedAt": to_iso(company.updated_at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

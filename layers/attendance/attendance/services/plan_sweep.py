"""When a seat is next worth a sweep's visit (rules.md section 6)."""

from datetime import datetime

from attendance.domain.policy_versions import policy_in_force
from attendance.domain.sweep import due_at
from attendance.model.seat import Seat
from attendance.services.case_parts import shift_of
from attendance.services.company_facts import CompanyFacts


def next_due(seat: Seat, facts: CompanyFacts) -> datetime | None:
    """The instant (UTC) after which a sweep may change this seat, or None when none may.

    While a silent terminal holds the seat back, it stays due.
    """
    if not seat.assigned:
        return None
    shift = shift_of(seat, facts)
    version = policy_in_force(
        facts.policies, shift.shift_date, location=shift.location, department_id=shift.department_id
    )
    due = due_at(shift, version.policy)
    for instant in sorted((due.auto_absent, due.auto_close)):
        if seat.swept_at is None or seat.swept_at <= instant:
            return instant
    if seat.verdict is not None and seat.verdict.details.get("awaitingDevice"):
        return due.auto_absent
    return None

"""Seats that a silent terminal holds back: not judged again until there is news of it."""

from datetime import datetime

from attendance.domain.policy_versions import policy_in_force
from attendance.domain.sweep import due_at
from attendance.model.seat import Seat
from attendance.services.awaiting_devices import awaiting_devices
from attendance.services.case_parts import shift_of
from attendance.services.company_facts import CompanyFacts


def is_still_held(seat: Seat, facts: CompanyFacts, now: datetime) -> bool:
    """Whether a sweep at `now` (UTC) would find what the record says: the same terminal awaited.

    After a day no terminal holds anything back (rules.md section 6).
    """
    told = awaited(seat)
    if told is None or facts.is_closed(seat.shift.shift_date):
        return False
    shift = shift_of(seat, facts)
    version = policy_in_force(
        facts.policies, shift.shift_date, location=shift.location, department_id=shift.department_id
    )
    silent = awaiting_devices(shift, facts)
    return silent[:1] == (told,) and now <= due_at(shift, version.policy).hold_over


def awaited(seat: Seat) -> str | None:
    """The terminal that a record waits for, None for a record that waits for none."""
    if seat.verdict is None or not seat.verdict.is_active:
        return None
    name: str | None = seat.verdict.details.get("awaitingDevice")
    return name

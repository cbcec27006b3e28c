"""Shifts that take their zone from a site or the company, when that zone changes."""

from datetime import date, timedelta

from attendance.adapters.roster_lock import roster_lock
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.runtime import Runtime
from attendance.services.roster import move_seats
from attendance.services.shift_facts import facts_of_shift

LOOK_BACK = timedelta(days=2)
"""A shift of the day before yesterday may still be open somewhere on earth; older ones stay."""


def rezone_shifts(parts: Runtime, company: CompanyId, *, site: str | None = None) -> None:
    """Give the seats of present and coming shifts the zone that now holds for them.

    `site` narrows it to the shifts of one location; a shift with a zone of its own keeps it.
    """
    first = (parts.now().date() - LOOK_BACK).isoformat()
    edges = (f"{first}#", f"{date.max.isoformat()}#~")
    for shift in parts.directory.members(company, "SHIFT", between=edges):
        if not shift.body.get("timezone") and site in (None, shift.body.get("location")):
            _rezone(parts, company, shift)


def _rezone(parts: Runtime, company: CompanyId, shift: Member) -> None:
    facts = facts_of_shift(parts.directory, company, shift.member_id, shift.body)
    with roster_lock(parts.table, company):
        seats = parts.seats.of_shift(company, shift.member_id)
        stale = [seat.user_id for seat in seats if seat.shift.timezone != facts.timezone]
        move_seats(parts, company, facts, stale)

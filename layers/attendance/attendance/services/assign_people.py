"""People assigned to a shift, all or none of them (rest-api.md section 7)."""

from collections.abc import Sequence

from attendance.adapters.roster_lock import roster_lock
from attendance.errors import NotFoundError, invalid_field
from attendance.identity import is_id
from attendance.model.directory import Member
from attendance.model.seat import ShiftFacts
from attendance.services.collections.shelf import Caller
from attendance.services.roster import (
    require_no_overlap,
    require_people,
    seat_people,
    unseat_people,
)
from attendance.services.shift_facts import facts_of_shift

WRITE = "assignments.write"
MOST_PEOPLE = 100


def assign_people(caller: Caller, shift_id: str, user_ids: Sequence[str]) -> list[str]:
    """Add people to a shift; who is on it already stays.

    Raises NotFoundError, ConflictError (`shiftOverlap`); then nobody is added. A repeat does not
    bring back who was taken off since.
    """
    caller.session.require(WRITE)
    made = caller.attempt.made()
    if made is not None:
        return list(made["userIds"])
    parts, company = caller.parts, caller.session.company
    receipt = caller.attempt.receipt({"userIds": list(user_ids)})
    with roster_lock(parts.table, company):
        shift = require_shift(caller, shift_id)
        people = require_people(parts, company, user_ids)
        require_no_overlap(parts, company, user_ids, shift)
        seat_people(parts, company, shift, people, receipt)
    return list(user_ids)


def replace_people(caller: Caller, shift_id: str, user_ids: Sequence[str]) -> list[str]:
    """Make these, and only these, the people of a shift; errors as `assign_people`."""
    caller.session.require(WRITE)
    parts, company = caller.parts, caller.session.company
    with roster_lock(parts.table, company):
        shift = require_shift(caller, shift_id)
        people = require_people(parts, company, user_ids)
        require_no_overlap(parts, company, user_ids, shift)
        leaving = [
            user_id for user_id in assigned_people(caller, shift_id) if user_id not in user_ids
        ]
        seat_people(parts, company, shift, people)
        unseat_people(parts, company, shift, leaving)
    return list(user_ids)


def remove_people(caller: Caller, shift_id: str, user_ids: Sequence[str]) -> list[str]:
    """Take people off a shift; who is not on it is fine."""
    caller.session.require(WRITE)
    parts, company = caller.parts, caller.session.company
    if not user_ids or len(user_ids) > MOST_PEOPLE or not all(map(is_id, user_ids)):
        raise invalid_field("userIds", f"1 to {MOST_PEOPLE} user ids")
    with roster_lock(parts.table, company):
        shift = require_shift(caller, shift_id)
        unseat_people(parts, company, shift, user_ids)
    return list(user_ids)


def list_people(caller: Caller, shift_id: str) -> list[str]:
    """The ids of a shift's people, sorted; an employee's own only."""
    require_shift(caller, shift_id)
    people = assigned_people(caller, shift_id)
    if caller.session.may("directory.read"):
        return people
    caller.session.require("directory.readOwn")
    return [user_id for user_id in people if user_id == caller.session.user_id]


def assigned_people(caller: Caller, shift_id: str) -> list[str]:
    """Everybody on a shift, by id; a moment behind."""
    seats = caller.parts.seats.of_shift(caller.session.company, shift_id)
    return [seat.user_id for seat in seats]


def require_shift(caller: Caller, shift_id: str) -> ShiftFacts:
    """The facts of an active shift. Raises NotFoundError."""
    company = caller.session.company
    shift: Member | None = None
    if is_id(shift_id):
        shift = caller.parts.directory.member(company, "SHIFT", shift_id)
    if shift is None or not shift.is_active:
        raise NotFoundError("There is no such shift.")
    return facts_of_shift(caller.parts.directory, company, shift_id, shift.body)

"""Shifts; those who sit on one follow it when it changes."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from attendance.adapters.roster_lock import roster_lock
from attendance.errors import invalid_field
from attendance.inputs.field_types import Day
from attendance.inputs.list_query import ListQuery
from attendance.inputs.places import ShiftBody
from attendance.model.directory import Member
from attendance.services.collections.member_shelf import MemberShelf
from attendance.services.collections.shelf import Caller, Filters, Shown
from attendance.services.roster import move_seats, require_no_overlap, unseat_people
from attendance.services.shift_facts import facts_of_shift, require_fitting_length


class ShiftsQuery(ListQuery):
    """Which days."""

    day: Annotated[Day | None, Field(alias="date", description="The shift's date.")] = None
    date_from: Annotated[Day | None, Field(alias="dateFrom")] = None
    date_to: Annotated[Day | None, Field(alias="dateTo")] = None

    @field_validator("date_to")
    @classmethod
    def _after_date_from(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("date_from")
        if value is not None and first is not None and value < first:
            raise ValueError("a day that is not before dateFrom")
        return value

    @property
    def first(self) -> date:
        """The first day wanted."""
        return max(self.day or date.min, self.date_from or date.min)

    @property
    def last(self) -> date:
        """The last day wanted."""
        return min(self.day or date.max, self.date_to or date.max)


class Shifts(MemberShelf):
    """`/v1/shifts`, newest day first."""

    name = "SHIFT"
    data_name = "shift"
    body = ShiftBody
    id_field = "shiftId"
    query = ShiftsQuery
    write = "shifts.write"
    newest_first = True

    def checked(
        self, caller: Caller, given: dict[str, Any], before: Member | None
    ) -> dict[str, Any]:
        """Times that make a shift; the day stays once somebody is assigned."""
        body = {**given, "shiftId": before.member_id if before else given["shiftId"]}
        company, directory = caller.session.company, caller.parts.directory
        facts = facts_of_shift(directory, company, body["shiftId"], body)
        require_fitting_length(directory, company, facts)
        return super().checked(caller, body, before)

    def new_id(self, caller: Caller, given: dict[str, Any]) -> str:
        """The client's, or a fresh one, which the body then has too."""
        given["shiftId"] = super().new_id(caller, given)
        return str(given["shiftId"])

    def change(self, caller: Caller, object_id: str, changes: dict[str, Any]) -> Shown:
        """The shift and then all its seats, while nobody else changes the roster."""
        caller.session.require(self.write, object_id)
        if changes.get("shiftId") not in (None, object_id):
            raise invalid_field("shiftId", "the shift's own id; it cannot change")
        with roster_lock(caller.parts.table, caller.session.company):
            before = self.found(self.find(caller, object_id))
            seated = self._seated(caller, object_id)
            self._check_move(caller, before, changes, seated)
            shown = super().change(caller, object_id, changes)
            self._move(caller, object_id, seated)
        return shown

    def remove(self, caller: Caller, object_id: str) -> Shown:
        """Nobody sits on a shift that is not there."""
        caller.session.require(self.write, object_id)
        with roster_lock(caller.parts.table, caller.session.company):
            before = self.found(self.find(caller, object_id))
            company = caller.session.company
            facts = facts_of_shift(caller.parts.directory, company, object_id, before.body)
            unseat_people(caller.parts, company, facts, self._seated(caller, object_id))
            return super().remove(caller, object_id)

    def _seated(self, caller: Caller, shift_id: str) -> list[str]:
        seats = caller.parts.seats.of_shift(caller.session.company, shift_id)
        return [seat.user_id for seat in seats]

    def _check_move(
        self, caller: Caller, before: Member, changes: dict[str, Any], seated: list[str]
    ) -> None:
        after = self._merged(before, changes)
        if seated and after["shiftDate"] != before.body["shiftDate"]:
            raise invalid_field("shiftDate", "the same day; somebody is assigned already")
        company = caller.session.company
        facts = facts_of_shift(caller.parts.directory, company, before.member_id, after)
        require_no_overlap(caller.parts, company, seated, facts)

    def _move(self, caller: Caller, shift_id: str, seated: list[str]) -> None:
        company = caller.session.company
        member = self.found(self.find(caller, shift_id))
        facts = facts_of_shift(caller.parts.directory, company, shift_id, member.body)
        move_seats(caller.parts, company, facts, seated)

    def bounds(self, query: Any) -> tuple[str, str] | None:
        """The list is in the order of days."""
        return f"{query.first.isoformat()}#", f"{query.last.isoformat()}#~"

    def _visible(self, caller: Caller, query: Any) -> Iterable[Member]:
        found = super()._visible(caller, query)
        return found if query.first <= query.last else ()

    def filters(self, query: Any) -> Filters:
        """The days asked for."""
        days = {"date": query.day, "dateFrom": query.date_from, "dateTo": query.date_to}
        return [(name, [day.isoformat()]) for name, day in days.items() if day is not None]

    def own(self, caller: Caller, query: Any) -> Iterable[Member]:
        """The shifts a person is assigned to, newest first."""
        company, user_id = caller.session.company, caller.session.user_id
        seats = caller.parts.seats.of_user(company, user_id, query.first, query.last)
        for seat in reversed(seats):
            if seat.assigned:
                shift = self.find(caller, seat.shift.shift_id)
                if shift is not None and shift.is_active:
                    yield shift

    def is_own(self, caller: Caller, member: Member | None) -> bool:
        """Whether the session's person is assigned to the shift."""
        if member is None:
            return False
        day = date.fromisoformat(member.body["shiftDate"])
        seats = caller.parts.seats.of_user(caller.session.company, caller.session.user_id, day, day)
        return any(seat.assigned and seat.shift.shift_id == member.member_id for seat in seats)

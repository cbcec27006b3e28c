"""Imports of assignments: many people of a shift at once, and singly where some are refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from attendance.errors import AttendanceError, UnavailableError
from attendance.inputs.csv_file import BadRow, CsvRow
from attendance.inputs.fields import Input
from attendance.inputs.places import AssignmentBody
from attendance.services.assign_people import MOST_PEOPLE, WRITE, assign_people, require_shift
from attendance.services.collections.shelf import Caller
from attendance.services.imports.rows_import import Deadline, out_of_time, refused, values_of
from attendance.services.roster import require_people
from attendance.services.upsert import checked


class AssignmentsImport:
    """Rows of `shiftId` and `userId`; who is on the shift already stays."""

    body: ClassVar[type[Input]] = AssignmentBody
    write: ClassVar[str] = WRITE

    def take(self, caller: Caller, rows: Sequence[CsvRow], deadline: Deadline) -> list[BadRow]:
        """Shift by shift, in the order of their first rows."""
        caller = replace(caller, attempt=caller.attempt.part("assignments"))
        bad: list[BadRow] = []
        shifts: dict[str, list[CsvRow]] = {}
        for row in rows:
            try:
                assignment = checked(AssignmentBody, values_of(row, AssignmentBody))
            except AttendanceError as error:
                bad.append(refused(row, error))
            else:
                shifts.setdefault(assignment.shift_id, []).append(row)
        for shift_id, people in shifts.items():
            bad += self._take_shift(caller, shift_id, people, deadline)
        return bad

    def _take_shift(
        self, caller: Caller, shift_id: str, rows: Sequence[CsvRow], deadline: Deadline
    ) -> list[BadRow]:
        if deadline.is_over:
            return out_of_time(rows)
        try:
            require_shift(caller, shift_id)
        except AttendanceError as error:
            return [refused(row, error) for row in rows]
        bad = self._without_person(caller, rows)
        lines = {row.line for row in bad}
        rows = [row for row in rows if row.line not in lines]
        chunks = [rows[first : first + MOST_PEOPLE] for first in range(0, len(rows), MOST_PEOPLE)]
        return bad + [b for c in chunks for b in self._assign(caller, shift_id, c, deadline)]

    def _without_person(self, caller: Caller, rows: Sequence[CsvRow]) -> list[BadRow]:
        """Rows that `assign_people` would refuse for their person, found by few reads."""
        parts, company = caller.parts, caller.session.company
        ids = list(dict.fromkeys(row.cells["userId"] for row in rows))
        people = parts.directory.users_by_id(company, ids)
        refusals: dict[str, AttendanceError] = {}
        for user_id in ids:
            user = people[user_id]
            if user is None or not user.is_active:
                try:
                    require_people(parts, company, [user_id])
                except AttendanceError as error:
                    refusals[user_id] = error
        return [
            refused(row, refusals[row.cells["userId"]])
            for row in rows
            if row.cells["userId"] in refusals
        ]

    def _assign(
        self, caller: Caller, shift_id: str, rows: Sequence[CsvRow], deadline: Deadline
    ) -> list[BadRow]:
        """All of them, or each half by itself, so that nobody is refused for another."""
        if deadline.is_over:
            return out_of_time(rows)
        people = list(dict.fromkeys(row.cells["userId"] for row in rows))
        try:
            assign_people(caller, shift_id, people)
        except AttendanceError as error:
            if len(people) == 1 or isinstance(error, UnavailableError):
                return [refused(row, error) for row in rows]
            half = len(rows) // 2
            return [
                bad
                for part in (rows[:half], rows[half:])
                for bad in self._assign(caller, shift_id, part, deadline)
            ]
        return []


ASSIGNMENTS = AssignmentsImport()

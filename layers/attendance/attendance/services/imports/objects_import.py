"""Imports of objects that each row describes whole: people, shifts."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from attendance.errors import AttendanceError
from attendance.identity import is_id
from attendance.inputs.csv_file import BadRow, CsvRow
from attendance.inputs.fields import Input
from attendance.inputs.people import UserBody
from attendance.inputs.places import ShiftBody
from attendance.model.directory import User
from attendance.services.collections.shelf import Caller, Shown
from attendance.services.imports.rows_import import Deadline, out_of_time, refused, values_of
from attendance.services.lanes import lanes
from attendance.services.upsert import upsert_shift, upsert_user

AT_ONCE = 8

Marked = list[tuple[CsvRow, Iterable[Hashable]]]


@dataclass(frozen=True, kw_only=True)
class ObjectsImport:
    """`marked` names for each row what it shares with others; the row is put by `upsert`."""

    body: type[Input]
    write: str
    upsert: Callable[[Caller, dict[str, Any]], Shown]
    marked: Callable[[Caller, Sequence[CsvRow]], Marked]

    def take(self, caller: Caller, rows: Sequence[CsvRow], deadline: Deadline) -> list[BadRow]:
        """Row by row; several at once where they have nothing in common."""

        def take_lane(lane: Sequence[CsvRow]) -> list[BadRow]:
            return [bad for row in lane for bad in self._take(caller, row, deadline)]

        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(pool.map(take_lane, lanes(self.marked(caller, rows))))
        return [bad for lane in found for bad in lane]

    def _take(self, caller: Caller, row: CsvRow, deadline: Deadline) -> list[BadRow]:
        if deadline.is_over:
            return out_of_time([row])
        try:
            attempt = caller.attempt.part(f"line {row.line}")
            self.upsert(replace(caller, attempt=attempt), values_of(row, self.body))
        except AttendanceError as error:
            return [refused(row, error)]
        return []


def _marked_people(caller: Caller, rows: Sequence[CsvRow]) -> Marked:
    """By id, e-mail and device numbers, those that the person gives up included."""
    ids = [row.cells.get("userId", "") for row in rows]
    known = caller.parts.directory.users_by_id(
        caller.session.company, list(dict.fromkeys(filter(is_id, ids)))
    )
    return [
        (row, [*_names(row), *_held(known.get(user_id))])
        for row, user_id in zip(rows, ids, strict=True)
    ]


def _names(row: CsvRow) -> list[Hashable]:
    values = values_of(row, UserBody)
    single = [
        (n, values[n].lower() if n == "email" else values[n])
        for n in ("userId", "email")
        if values.get(n)
    ]
    return [*single, *(("number", n.strip()) for n in values.get("deviceUserIds", []))]


def _held(user: User | None) -> list[Hashable]:
    if user is None:
        return []
    return [("email", user.email), *(("number", number) for number in user.device_user_ids)]


def _marked_shifts(_caller: Caller, rows: Sequence[CsvRow]) -> Marked:
    return [(row, [row.cells["shiftId"]] if row.cells.get("shiftId") else []) for row in rows]


USERS = ObjectsImport(
    body=UserBody, write="directory.write", upsert=upsert_user, marked=_marked_people
)
SHIFTS = ObjectsImport(
    body=ShiftBody, write="shifts.write", upsert=upsert_shift, marked=_marked_shifts
)

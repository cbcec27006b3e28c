"""What every import of rows has: its columns, its permission, and how its rows are taken."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, get_origin

from attendance.errors import AttendanceError, InvalidError
from attendance.inputs.csv_file import BadRow, CsvRow
from attendance.inputs.fields import Input
from attendance.services.collections.shelf import Caller

LONGEST_REASON = 300
_FIELD_OF_WORD = {
    "deviceUserIdTaken": "deviceUserIds",
    "emailTaken": "email",
    "notFound": "shiftId",
    "shiftOverlap": "userId",
    "userNotFound": "userId",
}
_LIST_SEPARATOR = ";"

Clock = Callable[[], float]


class Deadline:
    """An instant of the process's own clock; rows that it leaves out are told as such."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def is_over(self) -> bool:
        """Whether nothing more may be begun."""
        return self.left <= 0

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self._end - self._clock()


class RowsImport(Protocol):
    """An import into one collection."""

    @property
    def body(self) -> type[Input]:
        """The body whose JSON names are the columns."""

    @property
    def write(self) -> str:
        """The permission that writing the collection needs."""

    def take(self, caller: Caller, rows: Sequence[CsvRow], deadline: Deadline) -> list[BadRow]:
        """Take the rows; those that could not be, in any order."""


def columns_of(body: type[Input]) -> list[str]:
    """The JSON names of a body."""
    return [field.alias or name for name, field in body.model_fields.items()]


def values_of(row: CsvRow, body: type[Input]) -> dict[str, Any]:
    """The cells as JSON: an empty one is null, a list's values are separated by `;`."""
    lists = {
        field.alias or name
        for name, field in body.model_fields.items()
        if get_origin(field.annotation) is list
    }
    return {
        name: _listed(cell) if name in lists else cell if cell.strip() else None
        for name, cell in row.cells.items()
    }


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(_LIST_SEPARATOR) if part.strip()]


def refused(row: CsvRow, error: AttendanceError) -> BadRow:
    """A row that a use case refused."""
    field = error.field if isinstance(error, InvalidError) else None
    return BadRow(
        line=row.line,
        field=field or _FIELD_OF_WORD.get(error.word),
        reason=error.detail[:LONGEST_REASON],
    )


def out_of_time(rows: Iterable[CsvRow]) -> list[BadRow]:
    """Rows that were not begun."""
    reason = "there was no time left for this row; send it again."
    return [BadRow(line=row.line, field=None, reason=reason) for row in rows]

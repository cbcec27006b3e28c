"""A CSV file imported into a collection, rehearsed, or both (rest-api.md section 7)."""

from dataclasses import dataclass, replace
from typing import Any

from attendance.adapters.rehearsal_table import RehearsalTable
from attendance.adapters.seats import SeatStore
from attendance.adapters.steady_directory import SteadyDirectory
from attendance.adapters.table import Table
from attendance.errors import InvalidError
from attendance.inputs.csv_file import BadRow, read_csv
from attendance.services.collections.shelf import Caller
from attendance.services.imports.rows_import import Deadline, RowsImport, columns_of

SECONDS = 22.0
"""For all rows; the function may run for 29 s, and its answer has to be told."""
REHEARSAL_SECONDS = 7.0
"""Of these for the rehearsal of `allOrNothing`: taking rows costs about twice as much."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """`applied` counts the rows that are stored now."""

    rows: int
    bad: list[BadRow]
    dry_run: bool
    applied: int

    def to_json(self) -> dict[str, Any]:
        """As the route answers it; bad rows by line."""
        return {
            "rows": self.rows,
            "good": self.rows - len(self.bad),
            "bad": [vars(row) for row in sorted(self.bad, key=lambda row: row.line)],
            "dryRun": self.dry_run,
            "applied": self.applied,
        }


def import_file(
    caller: Caller, target: RowsImport, text: str, *, dry_run: bool, all_or_nothing: bool
) -> Imported:
    """Take the good rows of a file, or, for `all_or_nothing`, none if one is bad.

    Whether rows are good is found out by the use cases themselves: a rehearsal runs them on a
    table that keeps nothing. Raises NotAuthorizedError, and InvalidError for what is no such file.
    """
    caller.session.require(target.write)
    file = read_csv(text, columns_of(target.body))
    deadline = Deadline(SECONDS)

    def told(bad: list[BadRow], *, stored: bool) -> Imported:
        every = [*file.bad, *bad]
        applied = file.count - len(every) if stored else 0
        return Imported(rows=file.count, bad=every, dry_run=dry_run, applied=applied)

    if dry_run:
        return told(target.take(_on(RehearsalTable(), caller), file.rows, deadline), stored=False)
    if all_or_nothing:
        bad = target.take(_on(RehearsalTable(), caller), file.rows, deadline)
        if file.bad or bad:
            return told(bad, stored=False)
        _require_time(deadline)
    return told(target.take(_on(caller.parts.table, caller), file.rows, deadline), stored=True)


def _on(table: Table, caller: Caller) -> Caller:
    directory, seats = SteadyDirectory(table), SeatStore(table)
    parts = replace(caller.parts, table=table, directory=directory, seats=seats)
    return replace(caller, parts=parts)


def _require_time(deadline: Deadline) -> None:
    if SECONDS - deadline.left > REHEARSAL_SECONDS:
        raise InvalidError("invalidBody", "body: expected fewer rows for allOrNothing.", "body")

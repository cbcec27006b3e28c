"""A company's punches, newest wall time first; ties of one second by device, then number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import dropwhile, groupby
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.punch_item import PunchItem, item_to_punch
from attendance.adapters.table import Table
from attendance.identity import CompanyId
from attendance.model.punch import StoredPunch

FEW = 1_000
"""So many rows are asked for by number; more are read a megabyte a call."""

_FIRST, _LAST = "0", "9"


@dataclass(frozen=True, order=True)
class Place:
    """Where a punch stands among those of its second."""

    device_id: str
    user_id: str
    punch: int
    status: int


@dataclass(frozen=True)
class Position:
    """The last punch a reader has seen; `timestamp` is wall time, `YYYY-MM-DD HH:MM:SS`."""

    timestamp: str
    place: Place


def place_of(punch: StoredPunch) -> Place:
    """The place of a punch within its second."""
    return Place(punch.device_id, punch.user_id, punch.punch, punch.status)


def position_of(punch: StoredPunch) -> Position:
    """The position from which a reader of a punch goes on."""
    return Position(punch.timestamp, place_of(punch))


class PunchList:
    """Streams of punches that are read from the table as they are taken."""

    def __init__(self, table: Table, *, wanted: int | None = None) -> None:
        """`wanted` is how many punches the reader will take, where that is known."""
        self._table = table
        self._rows_a_call = wanted if wanted is not None and wanted <= FEW else None

    def of_company(
        self, company: CompanyId, day: str | None = None, after: Position | None = None
    ) -> Iterator[StoredPunch]:
        """All punches, of one day (`YYYY-MM-DD`) if given, after a position if given."""
        first, last = _bounds(day, after)
        rows = self._query(
            keys.list_partition(company, "PUNCHES"), index="byList", between=(first, last)
        )
        return _in_order(rows, after)

    def of_numbers(
        self,
        company: CompanyId,
        numbers: Iterable[str],
        day: str | None = None,
        after: Position | None = None,
    ) -> Iterator[StoredPunch]:
        """The punches of some device numbers, read consistently; otherwise as `of_company`."""
        first, last = _bounds(day, after)
        streams = [
            self._query(keys.number_partition(company, number), between=(f"P#{first}", f"P#{last}"))
            for number in sorted(set(numbers))
        ]
        return _in_order(merge(*streams, key=_timestamp, reverse=True), after)

    def count(self, company: CompanyId, day: str | None = None) -> int:
        """How many punches there are; costs as much as reading them."""
        return self._table.count(
            keys.list_partition(company, "PUNCHES"), index="byList", between=_bounds(day, None)
        )

    def _query(self, partition: str, **options: Any) -> Iterator[StoredPunch]:
        rows = self._table.query_all(
            partition, newest_first=True, limit=self._rows_a_call, **options
        )
        return (item_to_punch(PunchItem.from_raw_data(row)) for row in rows)


def _bounds(day: str | None, after: Position | None) -> tuple[str, str]:
    return day or _FIRST, f"{after.timestamp if after else day or _LAST}~"


def _timestamp(punch: StoredPunch) -> str:
    return punch.timestamp


def _in_order(
    newest_second_first: Iterable[StoredPunch], after: Position | None
) -> Iterator[StoredPunch]:
    punches = (
        punch
        for _, second in groupby(newest_second_first, key=_timestamp)
        for punch in sorted(second, key=place_of)
    )
    if after is None:
        return punches
    return dropwhile(
        lambda punch: punch.timestamp == after.timestamp and place_of(punch) <= after.place,
        punches,
    )

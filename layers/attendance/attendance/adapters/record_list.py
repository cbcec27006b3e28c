"""A company's records in the order of its list: newest shift first."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.seat_item import SeatItem, item_to_seat
from attendance.adapters.list_place import list_place
from attendance.adapters.table import Table
from attendance.identity import CompanyId
from attendance.model.seat import Seat


def newest_first(seat: Seat) -> str:
    """The sort key of the list, for seats read elsewhere; sort by it backwards."""
    return list_place(seat)


class RecordList:
    """Reads of the list index; a moment behind the table. Days are included at both ends."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def newest(self, company: CompanyId, first: date, last: date) -> Iterator[Seat]:
        """The records of shifts from `first` to `last`, newest first, read as they are taken."""
        return (_seat(row) for row in self._rows(company, first, last, limit=None))

    def page(
        self, company: CompanyId, first: date, last: date, *, skip: int, rows: int
    ) -> list[Seat]:
        """So many records after the first `skip` ones."""
        raw = self._rows(company, first, last, limit=skip + rows)
        return [_seat(row) for row in islice(raw, skip, skip + rows)]

    def count(self, company: CompanyId, first: date, last: date) -> int:
        """How many records there are; costs as much as reading them."""
        return self._table.count(
            keys.list_partition(company, "RECORDS"), index="byList", between=_between(first, last)
        )

    def _rows(
        self, company: CompanyId, first: date, last: date, *, limit: int | None
    ) -> Iterator[dict[str, Any]]:
        return self._table.query_all(
            keys.list_partition(company, "RECORDS"),
            index="byList",
            between=_between(first, last),
            limit=limit,
            newest_first=True,
        )


def _between(first: date, last: date) -> tuple[str, str]:
    return f"{first.isoformat()}#", f"{last.isoformat()}#~"


def _seat(row: dict[str, Any]) -> Seat:
    return item_to_seat(SeatItem.from_raw_data(row))

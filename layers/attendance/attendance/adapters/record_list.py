"""A company's records in the order of its list: newest shift first."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.seat_item import STATUS, SeatItem, item_to_seat
from attendance.adapters.list_place import list_place
from attendance.adapters.table import Table
from attendance.domain.status import Status
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
        return map(_seat, self._rows(company, _between(first, last)))

    def page(self, company: CompanyId, first: date, top: str, rows: int) -> list[Seat]:
        """So many records, or all there are: from the place `top` on, back to the day `first`."""
        between = (_between(first, first)[0], top)
        return [_seat(row) for row in islice(self._rows(company, between, limit=rows), rows)]

    def span(self, company: CompanyId, bottom: str, top: str) -> Iterator[Seat]:
        """The records from the place `top` back to the place `bottom`, both included."""
        return map(_seat, self._rows(company, (bottom, top)))

    def places(self, company: CompanyId, first: date, last: date) -> dict[str, Status]:
        """Every record's place and status; costs as much as reading them."""
        rows = self._rows(company, _between(first, last), attributes=("listSk", STATUS))
        return {row["listSk"]["S"]: Status(row[STATUS]["S"]) for row in rows}

    def _rows(
        self, company: CompanyId, between: tuple[str, str], **options: Any
    ) -> Iterator[dict[str, Any]]:
        return self._table.query_all(
            keys.list_partition(company, "RECORDS"),
            index="byList",
            between=between,
            newest_first=True,
            **options,
        )


def end_of(last: date) -> str:
    """After every place of a day."""
    return _between(last, last)[1]


def _between(first: date, last: date) -> tuple[str, str]:
    return f"{first.isoformat()}#", f"{last.isoformat()}#~"


def _seat(row: dict[str, Any]) -> Seat:
    return item_to_seat(SeatItem.from_raw_data(row))

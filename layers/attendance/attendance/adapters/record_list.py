"""A company's records in the order of its list: newest shift first."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from attendance.adapters import keys
from attendance.adapters.count_marks import Mark, mark_of
from attendance.adapters.items.seat_item import STATUS, SeatItem, item_to_seat
from attendance.adapters.list_place import SPOT_CHARS, ListPlace, list_place
from attendance.adapters.table import Table
from attendance.domain.status import Status
from attendance.identity import CompanyId
from attendance.model.seat import Seat


def newest_first(seat: Seat) -> str:
    """The sort key of the list, for seats read elsewhere; sort by it backwards."""
    return list_place(seat).text


def listed(raw: dict[str, Any]) -> tuple[ListPlace, Status] | None:
    """The place and the status of a raw seat's record; None when no list shows it."""
    if "listSk" not in raw or STATUS not in raw:
        return None
    _, user_id, _, shift_id = keys.place_of_seat((raw["pk"]["S"], raw["sk"]["S"]))
    spot = raw["listSk"]["S"][:SPOT_CHARS]
    return ListPlace(spot=spot, shift_id=shift_id, user_id=user_id), Status(raw[STATUS]["S"])


class RecordList:
    """Reads of the list index; a moment behind the table. Days are included at both ends."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def newest(self, company: CompanyId, first: date, last: date) -> Iterator[Seat]:
        """The records of shifts from `first` to `last`, newest first, read as they are taken."""
        return map(_seat, self._rows(company, (start_of(first), end_of(last))))

    def page(self, company: CompanyId, bottom: str, top: str, rows: int) -> list[Seat]:
        """So many records, or all there are: from the place `top` on, back to `bottom`."""
        found = self._rows(company, (bottom, top), limit=rows)
        return [_seat(row) for row in islice(found, rows)]

    def span(self, company: CompanyId, bottom: str, top: str) -> Iterator[Seat]:
        """The records from the place `top` back to the place `bottom`, both included."""
        return map(_seat, self._rows(company, (bottom, top)))

    def marked(self, company: CompanyId, marks: Iterable[Mark]) -> list[Seat]:
        """The records that marks with ids tell of, in their order; those that are still there."""
        places = [_key(company, mark) for mark in marks]
        found = self._table.peek_many(places)
        return [_seat(found[place]) for place in places if place in found]

    def marks(self, company: CompanyId, first: date, last: date) -> set[Mark]:
        """Every record's place and status; costs as much as reading them."""
        attributes = ("pk", "sk", "listSk", STATUS)
        between = (start_of(first), end_of(last))
        rows = map(listed, self._rows(company, between, attributes=attributes))
        return {mark_of(*found) for found in rows if found is not None}

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


def start_of(first: date) -> str:
    """Before every place of a day."""
    return f"{first.isoformat()}#"


def end_of(last: date) -> str:
    """After every place of a day."""
    return f"{last.isoformat()}#~"


def _key(company: CompanyId, mark: Mark) -> keys.Key:
    if mark.user_id is None:
        raise ValueError(f"no person is told by {mark}")
    return keys.seat_key(company, mark.user_id, date.fromisoformat(mark.spot[:10]), mark.shift_id)


def _seat(row: dict[str, Any]) -> Seat:
    return item_to_seat(SeatItem.from_raw_data(row))

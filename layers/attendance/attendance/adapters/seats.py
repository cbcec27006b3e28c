"""Seats in the table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.seat_item import (
    WRITE_ID,
    SeatItem,
    item_to_seat,
    seat_to_item,
)
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId, new_mark
from attendance.model.seat import Seat, UserFacts
from attendance.record_id import RecordKey
from attendance.times import to_iso


class SeatStore:
    """Reads and guarded writes of seats."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, company: CompanyId, key: RecordKey) -> Seat | None:
        """One seat, strongly consistent."""
        item = self._table.get(
            SeatItem, keys.seat_key(company, key.user_id, key.shift_date, key.shift_id)
        )
        return None if item is None else item_to_seat(item)

    def get_many(self, company: CompanyId, wanted: Sequence[RecordKey]) -> list[Seat | None]:
        """Up to 100 seats in the order asked for, strongly consistent."""
        places = [keys.seat_key(company, k.user_id, k.shift_date, k.shift_id) for k in wanted]
        items = self._table.get_many([(SeatItem, place) for place in places])
        return [None if item is None else item_to_seat(item) for item in items]

    def of_user(self, company: CompanyId, user_id: str, first: date, last: date) -> list[Seat]:
        """A person's seats with shift dates from `first` to `last`, both included."""
        rows = self._table.query_all(
            keys.user_partition(company, user_id),
            between=(f"S#{first.isoformat()}#", f"S#{last.isoformat()}#~"),
        )
        return [item_to_seat(SeatItem.from_raw_data(row)) for row in rows]

    def days(
        self,
        company: CompanyId,
        user_id: str,
        first: date,
        last: date,
        *,
        location: str | None = None,
        department_id: str | None = None,
    ) -> set[date]:
        """The shift dates on which a person has seats, of a site or department if given."""
        wanted = {
            SeatItem.location.attr_name: location,
            SeatItem.department_id.attr_name: department_id,
        }
        rows = self._table.query_all(
            keys.user_partition(company, user_id),
            between=(f"S#{first.isoformat()}#", f"S#{last.isoformat()}#~"),
        )
        return {
            keys.place_of_seat((row["pk"]["S"], row["sk"]["S"]))[2]
            for row in rows
            if all(
                value is None or row.get(name, {}).get("S") == value
                for name, value in wanted.items()
            )
        }

    def of_shift(self, company: CompanyId, shift_id: str) -> list[Seat]:
        """Everybody assigned to a shift; found through an index, so a moment behind."""
        rows = self._table.query_all(keys.shift_partition(company, shift_id), index="byGroup")
        return [seat for seat in self._whole(rows) if seat.assigned]

    def due(self, hour: datetime, until: datetime) -> Iterator[Seat]:
        """Seats of all companies whose sweep falls due in `hour`, up to `until` (UTC)."""
        return self._due(keys.due_partition(hour), until)

    def overdue(self, until: datetime) -> Iterator[Seat]:
        """Seats that were already due for an hour when they were written, up to `until` (UTC)."""
        return self._due(keys.overdue_partition(), until)

    def _due(self, partition: str, until: datetime) -> Iterator[Seat]:
        edges = ("0", f"{to_iso(until)}~")
        return self._whole(self._table.query_all(partition, index="byDue", between=edges))

    def _whole(self, rows: Iterator[dict[str, Any]]) -> Iterator[Seat]:
        """The seats of rows that hold no more than their keys, a hundred a read."""
        while places := [(row["pk"]["S"], row["sk"]["S"]) for row in islice(rows, 100)]:
            for item in self._table.get_many([(SeatItem, place) for place in places]):
                if item is not None:
                    yield item_to_seat(item)

    def rename(self, seat: Seat, user: UserFacts) -> None:
        """Write a person's facts on a seat, whatever else happens to it meanwhile."""
        item = seat_to_item(seat)
        names = {"email": SeatItem.email, "fullname": SeatItem.fullname, "avatar": SeatItem.avatar}
        actions = [
            attribute.remove() if value is None else attribute.set(value)
            for name, attribute in names.items()
            for value in (getattr(user, name),)
        ]
        self._table.update(item, actions, SeatItem.pk.exists())

    def save(self, seat: Seat) -> Seat:
        """Write a seat if nobody wrote it since it was read; the seat with its new revision.

        Raises StaleSeatError otherwise. A write of ours whose answer was lost counts as done.
        """
        mark = new_mark()
        item = seat_to_item(replace(seat, write_id=mark))
        try:
            self._table.save(item)
        except ConditionFailedError as error:
            if error.item is None or error.item.get(WRITE_ID, {}).get("S") != mark:
                raise StaleSeatError(seat.record_id) from error
        return replace(seat, revision=seat.revision + 1, write_id=mark)


class StaleSeatError(Exception):
    """Somebody else wrote the seat meanwhile; read it again and judge again."""

"""Seats and punches read many thousands at a time: only the attributes that rules look at.

A whole item takes a quarter of a millisecond, which is much for what-ifs.
"""

from collections.abc import Iterable
from functools import cache
from types import SimpleNamespace
from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.base import TableItem
from attendance.adapters.items.seat_item import SeatItem, item_to_seat
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat
from attendance.times import from_iso

Row = dict[str, Any]

PUNCH_ATTRIBUTES = ("pk", "sk", "logIndex", "receivedAt", "released")
"""All else that rules look at is in a punch's key."""
_PLACES = {
    "kind", "list_pk", "list_sk", "group_pk", "group_sk", "due_pk", "due_sk", "expires_at",
    "revision",
}  # fmt: skip
_OF_SEATS = {"email", "fullname", "avatar", "created_at", "updated_at", "change", "write_id",
             "record_version", "start_time", "end_time"}  # fmt: skip


class BriefReader:
    """Reads raw rows of a model; what it leaves out is None on what it reads."""

    def __init__(self, model: type[TableItem], unread: Iterable[str]) -> None:
        attributes = model.get_attributes()
        left_out = _PLACES.union(unread)
        self._nothing = dict.fromkeys(attributes)
        self._read = {
            attribute.attr_name: (name, attribute)
            for name, attribute in attributes.items()
            if name not in left_out
        }

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes to ask the table for."""
        return tuple(self._read)

    def read(self, row: Row) -> Any:
        """Something with the model's fields."""
        values: dict[str, Any] = dict(self._nothing)
        for told, raw in row.items():
            known = self._read.get(told)
            if known is not None:
                name, attribute = known
                values[name] = attribute.deserialize(attribute.get_value(raw))
        return SimpleNamespace(**values)


@cache
def seat_reader() -> BriefReader:
    """For seats."""
    return BriefReader(SeatItem, _OF_SEATS)


def seat_of_row(row: Row) -> Seat:
    """A seat without its person's facts, wall times, history and revision: never to be written."""
    return item_to_seat(seat_reader().read(row))


def punch_of_row(row: Row) -> StoredPunch:
    """A punch without where it came from and what became of it."""
    company, number = keys.number_of_partition(row["pk"]["S"])
    _, timestamp, device_id, punch, status = row["sk"]["S"].split("#")
    log_index = row.get("logIndex")
    return StoredPunch(
        company_id=str(company),
        device_id=device_id,
        user_id=number,
        timestamp=timestamp,
        status=int(status),
        punch=int(punch),
        uid=None,
        log_index=None if log_index is None else int(log_index["N"]),
        received_at=from_iso(row["receivedAt"]["S"]),
        agent_id=None,
        batch_id=None,
        request_id=None,
        released=row["released"]["BOOL"],
    )

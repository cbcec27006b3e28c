"""Writes of seats that were not read: by conditions that say all that has to be known of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pynamodb.expressions.condition import Condition

from attendance.adapters.items.seat_item import (
    WRITE_ID,
    SeatItem,
    item_to_seat,
    seat_to_item,
)
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import new_mark
from attendance.model.seat import Seat

_WRITTEN = (
    "actions", "decisions", "status", "check_in", "check_out", "late_by_minutes",
    "absence_reason", "manager_note", "details", "is_active", "record_version",
    "created_at", "updated_at", "change", "list_pk", "list_sk",
)  # fmt: skip
_SHIFT_FACTS = ("starts_at", "ends_at", "timezone", "location", "department_id")


def write_first(table: Table, seat: Seat) -> Seat | None:
    """Write evidence, verdict and change of `seat` if the table's holds nothing of them yet.

    The table's seat must be assigned, never swept, and of the shift facts that `seat` has; what
    it knows of the person stays. Gives the seat as it is then, or None when it is not like that.
    A write of ours whose answer was lost counts as done.
    """
    item = seat_to_item(seat)
    values = {name: getattr(item, name) for name in _WRITTEN}
    updates = [getattr(SeatItem, name).set(v) for name, v in values.items() if v is not None]
    condition = _as_known(seat) & SeatItem.status.does_not_exist() & (SeatItem.actions == [])
    return _write(table, item, updates, condition)


@dataclass(frozen=True, kw_only=True)
class UnreadCheckOut:
    """A check-out of an open record.

    `seat` has the shift facts, the check-out and its details but for worked time, which follows
    by `work_rules`; its last action is added. The record's status must be one of `open_statuses`
    and becomes `status`, or stays when that is None. `only_on_time` asks for a check-in that
    was not late.
    """

    seat: Seat
    open_statuses: Collection[str]
    status: str | None
    only_on_time: bool
    work_rules: dict[str, Any]


def write_check_out(table: Table, wanted: UnreadCheckOut) -> Seat | None:
    """Close an open record that holds no decision and no sweep; the seat, or None as above."""
    seat = wanted.seat
    if seat.verdict is None or seat.verdict.check_out is None:
        raise ValueError("a check-out without its time")
    if seat.change is None or seat.updated_at is None:
        raise ValueError("a check-out without its change")
    item = seat_to_item(seat)
    updates = [
        SeatItem.actions.set(SeatItem.actions.append([item.actions[-1]])),
        SeatItem.check_out.set(seat.verdict.check_out),
        SeatItem.details.set(item.details),
        SeatItem.work.set(wanted.work_rules),
        SeatItem.change.set(item.change),
        SeatItem.updated_at.set(seat.updated_at),
        SeatItem.record_version.add(1),
    ]
    if wanted.status is not None:
        updates.append(SeatItem.status.set(wanted.status))
    return _write(table, item, updates, _open(wanted))


def _open(wanted: UnreadCheckOut) -> Condition:
    verdict = wanted.seat.verdict
    condition: Condition = (
        _as_known(wanted.seat)
        & (SeatItem.is_active == True)  # noqa: E712 - an attribute compared, not a value
        & SeatItem.status.is_in(*wanted.open_statuses)
        & (SeatItem.check_in <= (verdict and verdict.check_out))
        & SeatItem.check_out.does_not_exist()
    )
    if wanted.only_on_time:
        condition &= SeatItem.late_by_minutes == 0
    return condition


def _as_known(seat: Seat) -> Condition:
    condition: Condition = (
        (SeatItem.assigned == seat.assigned)
        & SeatItem.swept_at.does_not_exist()
        & (SeatItem.decisions == [])
    )
    for name in _SHIFT_FACTS:
        attribute, value = getattr(SeatItem, name), getattr(seat.shift, name)
        condition &= attribute.does_not_exist() if value is None else attribute == value
    return condition


def _write(table: Table, item: SeatItem, updates: list[Any], condition: Condition) -> Seat | None:
    mark = new_mark()
    updates.append(SeatItem.write_id.set(mark))
    try:
        raw = table.update(item.at_revision(1), updates, condition)
    except ConditionFailedError as error:
        if error.item is None or error.item.get(WRITE_ID, {}).get("S") != mark:
            return None
        raw = error.item
    return item_to_seat(SeatItem.from_raw_data(raw))

"""The first evidence or decision on a seat, written without reading it."""

from dataclasses import replace

from pynamodb.expressions.condition import Condition

from attendance.adapters.items.seat_item import SeatItem, item_to_seat, seat_to_item
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import new_id
from attendance.model.seat import Seat

_WRITTEN = (
    "actions", "decisions", "status", "check_in", "check_out", "late_by_minutes",
    "absence_reason", "manager_note", "details", "is_active", "record_version",
    "created_at", "updated_at", "change", "write_id", "list_pk", "list_sk",
)  # fmt: skip
_SHIFT_FACTS = ("starts_at", "ends_at", "timezone", "location", "department_id")


def write_first(table: Table, seat: Seat) -> Seat | None:
    """Write evidence, verdict and change of `seat` if the table's holds nothing of them yet.

    The table's seat must be assigned, never swept, and of the shift facts that `seat` has; what
    it knows of the person stays. Gives the seat as it is then, or None when it is not like that.
    A write of ours whose answer was lost counts as done.
    """
    mark = new_id()
    item = seat_to_item(replace(seat, write_id=mark)).at_revision(1)
    values = {name: getattr(item, name) for name in _WRITTEN}
    updates = [getattr(SeatItem, name).set(v) for name, v in values.items() if v is not None]
    try:
        raw = table.update(item, updates, _holds_nothing(seat))
    except ConditionFailedError as error:
        if error.item is None or error.item.get("writeId", {}).get("S") != mark:
            return None
        raw = error.item
    return item_to_seat(SeatItem.from_raw_data(raw))


def _holds_nothing(seat: Seat) -> Condition:
    condition: Condition = (
        (SeatItem.assigned == seat.assigned)
        & SeatItem.status.does_not_exist()
        & SeatItem.swept_at.does_not_exist()
        & (SeatItem.actions == [])
        & (SeatItem.decisions == [])
    )
    for name in _SHIFT_FACTS:
        attribute, value = getattr(SeatItem, name), getattr(seat.shift, name)
        condition &= attribute.does_not_exist() if value is None else attribute == value
    return condition

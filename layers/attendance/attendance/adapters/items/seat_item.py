"""The roster entry and attendance record as an item, and back."""

from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from attendance.adapters import keys
from attendance.adapters.items.attributes import DayAttribute, InstantAttribute
from attendance.adapters.items.base import TableItem
from attendance.identity import CompanyId
from attendance.model.seat import Change, Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.times import from_iso, to_iso


class SeatItem(TableItem):
    """Facts, evidence, decisions and verdict of one person in one shift."""

    company_id = UnicodeAttribute(attr_name="companyId")
    user_id = UnicodeAttribute(attr_name="userId")
    shift_id = UnicodeAttribute(attr_name="shiftId")
    shift_date = DayAttribute(attr_name="shiftDate")
    start_time = UnicodeAttribute(attr_name="startTime")
    end_time = UnicodeAttribute(attr_name="endTime")
    starts_at = InstantAttribute(attr_name="startsAt")
    ends_at = InstantAttribute(attr_name="endsAt")
    timezone = UnicodeAttribute()
    location = UnicodeAttribute(null=True)
    department_id = UnicodeAttribute(null=True, attr_name="departmentId")
    email = UnicodeAttribute()
    fullname = UnicodeAttribute()
    avatar = UnicodeAttribute(null=True)
    assigned = BooleanAttribute()
    actions = JSONAttribute()
    decisions = JSONAttribute()
    status = UnicodeAttribute(null=True)
    check_in = InstantAttribute(null=True, attr_name="checkIn")
    check_out = InstantAttribute(null=True, attr_name="checkOut")
    late_by_minutes = NumberAttribute(null=True, attr_name="lateByMinutes")
    absence_reason = UnicodeAttribute(null=True, attr_name="absenceReason")
    manager_note = UnicodeAttribute(null=True, attr_name="managerNote")
    details = JSONAttribute(null=True)
    is_active = BooleanAttribute(null=True, attr_name="isActive")
    record_version = NumberAttribute(attr_name="recordVersion")
    created_at = InstantAttribute(null=True, attr_name="createdAt")
    updated_at = InstantAttribute(null=True, attr_name="updatedAt")
    swept_at = InstantAttribute(null=True, attr_name="sweptAt")
    due_at = InstantAttribute(null=True, attr_name="dueAt")
    change = JSONAttribute(null=True)
    write_id = UnicodeAttribute(null=True, attr_name="writeId")


_SHIFT_FIELDS = tuple(ShiftFacts.__dataclass_fields__)
_USER_FIELDS = tuple(UserFacts.__dataclass_fields__)
_VERDICT_FIELDS = tuple(StoredVerdict.__dataclass_fields__)
_PLAIN_FIELDS = (
    "company_id", "user_id", "assigned", "record_version", "created_at", "updated_at",
    "swept_at", "due_at", "write_id",
)  # fmt: skip


def seat_to_item(seat: Seat) -> SeatItem:
    """The item of a seat, with its places in the lists; a seat without a record is in none."""
    company = CompanyId(seat.company_id)
    pk, sk = keys.seat_key(company, seat.user_id, seat.shift.shift_date, seat.shift.shift_id)
    item = SeatItem(pk, sk, kind="seat", **_plain(seat)).at_revision(seat.revision)
    item.group_pk = keys.shift_partition(company, seat.shift.shift_id) if seat.assigned else None
    item.group_sk = seat.user_id if seat.assigned else None
    if seat.verdict is not None and seat.verdict.is_active:
        item.list_pk = keys.list_partition(company, "RECORDS")
        item.list_sk = record_sort_key(seat)
    if seat.due_at is not None:
        item.due_pk = keys.due_partition(seat.due_at)
        item.due_sk = f"{to_iso(seat.due_at)}#{pk}#{sk}"
    return item


def record_sort_key(seat: Seat) -> str:
    """Read backwards this is "newest first": by the shift's day, its start, then the person."""
    facts = seat.shift
    return f"{facts.shift_date}#{to_iso(facts.starts_at)}#{seat.user_id}#{facts.shift_id}"


def _plain(seat: Seat) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(seat, name) for name in _PLAIN_FIELDS}
    values |= {name: getattr(seat.shift, name) for name in _SHIFT_FIELDS}
    values |= {name: getattr(seat.user, name) for name in _USER_FIELDS}
    if seat.verdict is not None:
        values |= {name: getattr(seat.verdict, name) for name in _VERDICT_FIELDS}
    values["actions"] = list(seat.actions)
    values["decisions"] = list(seat.decisions)
    values["change"] = None if seat.change is None else change_to_json(seat.change)
    return values


def item_to_seat(item: SeatItem) -> Seat:
    """The seat an item holds."""
    verdict = None
    if item.status is not None:
        verdict = StoredVerdict(**{name: getattr(item, name) for name in _VERDICT_FIELDS})
    return Seat(
        **{name: getattr(item, name) for name in _PLAIN_FIELDS},
        shift=ShiftFacts(**{name: getattr(item, name) for name in _SHIFT_FIELDS}),
        user=UserFacts(**{name: getattr(item, name) for name in _USER_FIELDS}),
        actions=tuple(item.actions),
        decisions=tuple(item.decisions),
        verdict=verdict,
        change=None if item.change is None else change_from_json(item.change),
        revision=item.revision or 0,
    )


def change_to_json(change: Change) -> dict[str, Any]:
    """A change as kept on the item."""
    return {
        "kind": change.kind,
        "actor": change.actor,
        "requestId": change.request_id,
        "at": to_iso(change.at),
        "cause": change.cause,
        "reason": change.reason,
    }


def change_from_json(value: dict[str, Any]) -> Change:
    """The change an item holds."""
    return Change(
        kind=value["kind"],
        actor=value["actor"],
        request_id=value["requestId"],
        at=from_iso(value["at"]),
        cause=value["cause"],
        reason=value["reason"],
    )

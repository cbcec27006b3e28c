"""The roster entry and attendance record as an item, and back."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)

from attendance.adapters import keys
from attendance.adapters.items.attributes import InstantAttribute, JsonListAttribute
from attendance.adapters.items.base import TableItem
from attendance.adapters.items.kept_details import from_kept, measured, to_kept
from attendance.identity import CompanyId
from attendance.model.seat import Change, Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.times import from_iso, optional_from_iso, to_iso


class SeatItem(TableItem):
    """Facts, evidence, decisions and verdict of one person in one shift.

    Whose, on which day and in which shift, its key tells, and `due_sk` when it is due.
    `work` holds the rules by which worked time and overtime follow from both times, where they
    were not known to the writer (docs/decisions/0009).
    """

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
    actions = JsonListAttribute()
    decisions = JsonListAttribute()
    status = UnicodeAttribute(null=True)
    check_in = InstantAttribute(null=True, attr_name="checkIn")
    check_out = InstantAttribute(null=True, attr_name="checkOut")
    late_by_minutes = NumberAttribute(null=True, attr_name="lateByMinutes")
    absence_reason = UnicodeAttribute(null=True, attr_name="absenceReason")
    manager_note = UnicodeAttribute(null=True, attr_name="managerNote")
    details = JSONAttribute(null=True)
    work = JSONAttribute(null=True)
    is_active = BooleanAttribute(null=True, attr_name="isActive")
    record_version = NumberAttribute(attr_name="recordVersion")
    created_at = InstantAttribute(null=True, attr_name="createdAt")
    updated_at = InstantAttribute(null=True, attr_name="updatedAt")
    swept_at = InstantAttribute(null=True, attr_name="sweptAt")
    change = JSONAttribute(null=True)
    write_id = UnicodeAttribute(null=True, attr_name="writeId")


_SHIFT_FIELDS = tuple(
    name for name in ShiftFacts.__dataclass_fields__ if name not in {"shift_id", "shift_date"}
)
_USER_FIELDS = tuple(UserFacts.__dataclass_fields__)
_VERDICT_FIELDS = tuple(StoredVerdict.__dataclass_fields__)
_PLAIN_FIELDS = (
    "assigned", "record_version", "created_at", "updated_at", "swept_at", "write_id",
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
        item.due_sk = to_iso(seat.due_at)
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
        values["details"] = to_kept(seat.verdict.details)
    values["actions"] = list(seat.actions)
    values["decisions"] = list(seat.decisions)
    values["change"] = None if seat.change is None else kept_change(seat.change, seat.updated_at)
    return values


def item_to_seat(item: SeatItem) -> Seat:
    """The seat an item holds."""
    company_id, user_id, shift_date, shift_id = keys.place_of_seat((item.pk, item.sk))
    facts = {name: getattr(item, name) for name in _SHIFT_FIELDS}
    shift = ShiftFacts(shift_id=shift_id, shift_date=shift_date, **facts)
    return Seat(
        company_id=company_id,
        user_id=user_id,
        due_at=optional_from_iso(item.due_sk),
        **{name: getattr(item, name) for name in _PLAIN_FIELDS},
        shift=shift,
        user=UserFacts(**{name: getattr(item, name) for name in _USER_FIELDS}),
        actions=tuple(item.actions),
        decisions=tuple(item.decisions),
        verdict=None if item.status is None else _verdict(item, shift),
        change=_change(item),
        revision=item.revision or 0,
    )


def _verdict(item: SeatItem, shift: ShiftFacts) -> StoredVerdict:
    values = {name: getattr(item, name) for name in _VERDICT_FIELDS}
    values["details"] = from_kept(item.details)
    if item.work is not None:
        values["details"] |= measured(item.work, shift, item.check_in, item.check_out)
    return StoredVerdict(**values)


def kept_change(change: Change, updated_at: datetime | None) -> dict[str, Any]:
    """A change as a seat keeps it: of the instant of the update, unless it says otherwise."""
    values = change_to_json(change)
    if change.at == updated_at:
        del values["at"]
    return values


def _change(item: SeatItem) -> Change | None:
    if item.change is None:
        return None
    at = {} if item.updated_at is None else {"at": to_iso(item.updated_at)}
    return change_from_json(at | item.change)


def change_to_json(change: Change) -> dict[str, Any]:
    """A change as kept on the item."""
    values = {
        "kind": change.kind,
        "actor": change.actor,
        "requestId": change.request_id,
        "at": to_iso(change.at),
        "cause": change.cause,
        "reason": change.reason,
    }
    return {name: value for name, value in values.items() if value is not None}


def change_from_json(value: dict[str, Any]) -> Change:
    """The change an item holds."""
    return Change(
        kind=value["kind"],
        actor=value["actor"],
        request_id=value["requestId"],
        at=from_iso(value["at"]),
        cause=value.get("cause"),
        reason=value.get("reason"),
    )

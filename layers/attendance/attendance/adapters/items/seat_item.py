"""The roster entry and attendance record as an item, and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from attendance.adapters import keys
from attendance.adapters.items.attributes import (
    BriefInstantAttribute,
    BriefJsonAttribute,
    JsonListAttribute,
)
from attendance.adapters.items.base import TableItem
from attendance.adapters.items.kept_details import from_kept, measured, to_kept
from attendance.adapters.items.packed import (
    pack_action,
    pack_change,
    unpack_action,
    unpack_change,
)
from attendance.adapters.list_place import list_place
from attendance.identity import CompanyId
from attendance.model.seat import Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.times import optional_from_iso, to_iso

STATUS = "su"
WRITE_ID = "wi"
"""Names of attributes that are looked at in raw items too."""
OVERDUE = timedelta(hours=1)
"""What was due longer ago when it is written (a roster entered late, payroll opened again) is not
put under its hour, where no sweep looks any more."""


class SeatItem(TableItem):
    """Facts, evidence, decisions and verdict of one person in one shift.

    Whose, on which day and in which shift, its key tells, and `due_sk` when it is due.
    `work` holds the rules by which worked time and overtime follow from both times, where they
    were not known to the writer. The short names, the milliseconds and what `packed` does keep a
    seat under a kilobyte, with UUIDs everywhere too (docs/decisions/0009).
    """

    start_time = UnicodeAttribute(attr_name="st")
    end_time = UnicodeAttribute(attr_name="et")
    starts_at = BriefInstantAttribute(attr_name="sa")
    ends_at = BriefInstantAttribute(attr_name="ea")
    timezone = UnicodeAttribute(attr_name="tz")
    location = UnicodeAttribute(null=True, attr_name="lo")
    department_id = UnicodeAttribute(null=True, attr_name="de")
    email = UnicodeAttribute(attr_name="em")
    fullname = UnicodeAttribute(attr_name="fn")
    avatar = UnicodeAttribute(null=True, attr_name="av")
    assigned = BooleanAttribute(attr_name="as")
    actions = JsonListAttribute(attr_name="ac")
    decisions = JsonListAttribute(attr_name="dc")
    status = UnicodeAttribute(null=True, attr_name=STATUS)
    check_in = BriefInstantAttribute(null=True, attr_name="ci")
    check_out = BriefInstantAttribute(null=True, attr_name="co")
    late_by_minutes = NumberAttribute(null=True, attr_name="la")
    absence_reason = UnicodeAttribute(null=True, attr_name="ar")
    manager_note = UnicodeAttribute(null=True, attr_name="mn")
    details = BriefJsonAttribute(null=True, attr_name="dt")
    work = BriefJsonAttribute(null=True, attr_name="wo")
    is_active = BooleanAttribute(null=True, attr_name="ia")
    record_version = NumberAttribute(attr_name="rv")
    created_at = BriefInstantAttribute(null=True, attr_name="cr")
    updated_at = BriefInstantAttribute(null=True, attr_name="up")
    swept_at = BriefInstantAttribute(null=True, attr_name="sw")
    change = BriefJsonAttribute(null=True, attr_name="ch")
    write_id = UnicodeAttribute(null=True, attr_name=WRITE_ID)


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
        item.list_sk = list_place(seat).text
    if seat.due_at is not None:
        overdue = seat.due_at < datetime.now(UTC) - OVERDUE
        item.due_pk = keys.overdue_partition() if overdue else keys.due_partition(seat.due_at)
        item.due_sk = to_iso(seat.due_at)
    return item


def _plain(seat: Seat) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(seat, name) for name in _PLAIN_FIELDS}
    values |= {name: getattr(seat.shift, name) for name in _SHIFT_FIELDS}
    values |= {name: getattr(seat.user, name) for name in _USER_FIELDS}
    if seat.verdict is not None:
        values |= {name: getattr(seat.verdict, name) for name in _VERDICT_FIELDS}
        values["details"] = to_kept(seat.verdict.details)
    values["actions"] = [pack_action(action, seat.user_id) for action in seat.actions]
    values["decisions"] = list(seat.decisions)
    if seat.change is not None:
        values["change"] = pack_change(seat.change, seat.user_id, seat.updated_at)
    return values


def item_to_seat(item: SeatItem) -> Seat:
    """The seat an item holds; one of the lists is without evidence, decisions and last change."""
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
        actions=tuple(unpack_action(action, user_id) for action in item.actions or ()),
        decisions=tuple(item.decisions or ()),
        verdict=None if item.status is None else _verdict(item, shift),
        change=item.change and unpack_change(item.change, user_id, item.updated_at),
        revision=item.revision or 0,
    )


def _verdict(item: SeatItem, shift: ShiftFacts) -> StoredVerdict:
    values = {name: getattr(item, name) for name in _VERDICT_FIELDS}
    values["details"] = from_kept(item.details)
    if item.work is not None:
        values["details"] |= measured(item.work, shift, item.check_in, item.check_out)
    return StoredVerdict(**values)

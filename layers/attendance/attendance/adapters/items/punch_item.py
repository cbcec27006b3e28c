"""A punch as an item, and back. Its identity is its key; it is inserted once and never replaced."""

from dataclasses import asdict
from typing import Any

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from attendance.adapters import keys
from attendance.adapters.items.attributes import InstantAttribute
from attendance.adapters.items.base import TableItem
from attendance.identity import CompanyId
from attendance.model.punch import PunchOutcome, Release, StoredPunch


class PunchItem(TableItem):
    """One line of a terminal's log and what became of it."""

    company_id = UnicodeAttribute(attr_name="companyId")
    device_id = UnicodeAttribute(attr_name="deviceId")
    user_id = UnicodeAttribute(attr_name="userNumber")
    timestamp = UnicodeAttribute()
    status = NumberAttribute()
    punch = NumberAttribute()
    uid = NumberAttribute(null=True)
    log_index = NumberAttribute(null=True, attr_name="logIndex")
    received_at = InstantAttribute(attr_name="receivedAt")
    agent_id = UnicodeAttribute(null=True, attr_name="agentId")
    batch_id = UnicodeAttribute(null=True, attr_name="batchId")
    request_id = UnicodeAttribute(null=True, attr_name="requestId")
    released = BooleanAttribute()
    release = JSONAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    outcome_user_id = UnicodeAttribute(null=True, attr_name="outcomeUserId")
    outcome_shift_id = UnicodeAttribute(null=True, attr_name="outcomeShiftId")


_FIELDS = tuple(
    name for name in StoredPunch.__dataclass_fields__ if name not in ("outcome", "release")
)


def punch_to_item(punch: StoredPunch) -> PunchItem:
    """The item of a punch, with its place in the company's list."""
    company = CompanyId(punch.company_id)
    pk = keys.number_partition(company, punch.user_id)
    sk = keys.punch_sort_key(punch.timestamp, punch.device_id, punch.punch, punch.status)
    values: dict[str, Any] = {name: getattr(punch, name) for name in _FIELDS}
    item = PunchItem(pk, sk, kind="punch", **values).at_revision(1)
    item.list_pk = keys.list_partition(company, "PUNCHES")
    item.list_sk = "#".join(
        (
            punch.timestamp,
            punch.device_id,
            keys.quoted(punch.user_id),
            f"{punch.punch}#{punch.status}",
        )
    )
    if punch.release is not None:
        item.release = asdict(punch.release)
    if punch.outcome is not None:
        item.outcome = punch.outcome.outcome
        item.outcome_user_id = punch.outcome.user_id
        item.outcome_shift_id = punch.outcome.shift_id
    return item


def item_to_punch(item: PunchItem) -> StoredPunch:
    """The punch an item holds."""
    outcome = None
    if item.outcome is not None:
        outcome = PunchOutcome(
            outcome=item.outcome, user_id=item.outcome_user_id, shift_id=item.outcome_shift_id
        )
    values: dict[str, Any] = {name: getattr(item, name) for name in _FIELDS}
    for name in ("status", "punch", "uid", "log_index"):
        values[name] = None if values[name] is None else int(values[name])
    release = None if item.release is None else Release(**item.release)
    return StoredPunch(**values, outcome=outcome, release=release)

"""The events of a changed record (events.md)."""

from collections.abc import Iterator
from typing import Any

from attendance.model.event import Event
from attendance.model.seat import Change, Seat, StoredVerdict
from attendance.services.present_record import record_json


def record_events(before: Seat | None, after: Seat) -> Iterator[Event]:
    """Exactly one ordinary event a new recordVersion, and beside it what the verdict became."""
    change = after.change
    known = before.record_version if before else 0
    if change is None or after.verdict is None or after.record_version == known:
        return
    previous = record_json(before) if before and before.verdict else None
    record = record_json(after)
    yield _event(
        f"attendance.{change.kind}", after, change, {"record": record, "previous": previous}
    )
    for name, minutes in _became(before.verdict if before else None, after.verdict):
        yield _event(f"attendance.{name}", after, change, {"record": record, "minutes": minutes})
    if change.cause is not None:
        data = {"before": previous, "after": record, "cause": change.cause}
        yield _event("attendance.recomputed", after, change, data)


def _became(before: StoredVerdict | None, after: StoredVerdict) -> Iterator[tuple[str, int | None]]:
    if after.late_by_minutes > 0 and not (before and before.late_by_minutes > 0):
        yield "late", int(after.late_by_minutes)
    if _left_early(after) and not (before and _left_early(before)):
        yield "leftEarly", int(after.details["earlyLeaveMinutes"])
    if _missed(after) and not (before and _missed(before)):
        yield "missedCheckOut", None


def _left_early(verdict: StoredVerdict) -> bool:
    """By the minutes, whatever status is shown, as for late; or because a manager says so."""
    return verdict.details["earlyLeaveMinutes"] > 0 or verdict.status == "leftEarly"


def _missed(verdict: StoredVerdict) -> bool:
    return "missingCheckOut" in verdict.details["flags"]


def _event(detail_type: str, seat: Seat, change: Change, data: dict[str, Any]) -> Event:
    return Event(
        detail_type=detail_type,
        company_id=seat.company_id,
        entity=seat.record_id,
        version=int(seat.record_version),
        occurred_at=change.at,
        request_id=change.request_id,
        actor=change.actor,
        data=data,
    )

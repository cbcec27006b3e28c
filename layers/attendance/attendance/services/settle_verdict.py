"""From a verdict of the rules to the next state of a seat."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from attendance.domain.verdict import Details, Verdict
from attendance.model.seat import Change, Seat, StoredVerdict

LATE_PUNCH = "latePunch"
DIRECTORY_CHANGE = "directoryChange"
POLICY_CHANGE = "policyChange"
CALENDAR_CHANGE = "calendarChange"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Why a person is judged now: who caused it, in which request, and when (UTC).

    `actor` is `user:{id}`, `device:{id}`, `sweep` or `directory`; `decided` tells that a
    person has just made a decision (absence, correction) and not only acted. `cause` is what
    is told when a published verdict turned out otherwise and no punch was the reason.
    """

    actor: str
    request_id: str
    now: datetime
    decided: bool = False
    cause: str = DIRECTORY_CHANGE


def settle(seat: Seat, verdict: Verdict | None, occasion: Occasion) -> Seat:
    """The seat with its new verdict; the same seat when the verdict says nothing new.

    A verdict that is gone leaves the record inactive; a record that never was stays none
    (rest-api.md section 2).
    """
    after = stored_verdict(verdict, seat.verdict)
    if after is None or after == seat.verdict:
        return seat
    reason = seat.decisions[-1]["reason"] if occasion.decided else None
    return replace(
        seat,
        verdict=after,
        record_version=seat.record_version + 1,
        created_at=seat.created_at or occasion.now,
        updated_at=occasion.now,
        change=Change(
            kind=_kind(seat, after, occasion),
            actor=occasion.actor,
            request_id=occasion.request_id,
            at=occasion.now,
            cause=_cause(seat, after, occasion),
            reason=reason,
        ),
    )


def stored_verdict(verdict: Verdict | None, before: StoredVerdict | None) -> StoredVerdict | None:
    """The verdict as a seat keeps it; one that is gone stays, inactive."""
    if verdict is None:
        return None if before is None else replace(before, is_active=False)
    return StoredVerdict(
        status=verdict.status.value,
        check_in=verdict.check_in,
        check_out=verdict.check_out,
        late_by_minutes=verdict.late_by_minutes,
        absence_reason=verdict.absence_reason,
        manager_note=verdict.manager_note,
        is_active=True,
        details=details_to_json(verdict.details),
    )


def details_to_json(details: Details) -> dict[str, Any]:
    """The key `details` of a record (simulate.md, rest-api.md section 2)."""
    return {
        "open": details.open,
        "workedMinutes": details.worked_minutes,
        "overtimeMinutes": details.overtime_minutes,
        "earlyLeaveMinutes": details.early_leave_minutes,
        "halfDay": details.half_day,
        "flags": [flag.value for flag in details.flags],
        "awaitingDevice": details.awaiting_device,
    }


def _kind(seat: Seat, after: StoredVerdict, occasion: Occasion) -> str:
    """Exactly one kind a change (events.md)."""
    before = seat.verdict
    flags = after.details["flags"]
    if "corrected" in flags and occasion.decided:
        return "corrected"
    if after.status == "absent" and (before is None or before.status != "absent"):
        return "markedAbsent"
    if after.check_in is not None and (before is None or before.check_in != after.check_in):
        return "checkedIn"
    if after.check_out is not None and (before is None or before.check_out != after.check_out):
        return "checkedOut"
    return "corrected"


def _cause(seat: Seat, after: StoredVerdict, occasion: Occasion) -> str | None:
    """Set when what was published already turned out otherwise (events.md, recomputed)."""
    before = seat.verdict
    if before is None or occasion.actor.startswith("user:") or occasion.actor == "sweep":
        return None
    by_device = occasion.actor.startswith("device:")
    if not by_device and occasion.cause != DIRECTORY_CHANGE:
        return occasion.cause
    stated = (
        (before.check_in, after.check_in),
        (before.check_out, after.check_out),
        (before.status == "absent", after.status == "absent"),
        (before.late_by_minutes, after.late_by_minutes),
    )
    changed = any(old and old != new for old, new in stated) or not after.is_active
    if not changed:
        return None
    return LATE_PUNCH if by_device else DIRECTORY_CHANGE

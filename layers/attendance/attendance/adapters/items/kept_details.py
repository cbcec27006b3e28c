"""The key `details` of a record as an item keeps it: without what needs no telling."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from attendance.domain.policy import Policy, policy_from
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.seat import seat_of
from attendance.domain.shift import Shift
from attendance.domain.worked_time import overtime_minutes, worked_minutes
from attendance.model.seat import ShiftFacts

_PLAIN: dict[str, Any] = {
    "open": False,
    "workedMinutes": 0,
    "overtimeMinutes": 0,
    "earlyLeaveMinutes": 0,
    "halfDay": False,
    "flags": [],
    "awaitingDevice": None,
}
_WORK_RULES = (
    "countEarlyArrival", "unpaidBreakMinutes", "unpaidBreakAfterMinutes",
    "roundingMinutes", "overtimeThresholdMinutes",
)  # fmt: skip


def to_kept(details: dict[str, Any]) -> dict[str, Any]:
    """What is not as it nearly always is."""
    return {name: v for name, v in details.items() if name not in _PLAIN or v != _PLAIN[name]}


def from_kept(kept: dict[str, Any]) -> dict[str, Any]:
    """All of the details, in the order of simulate.md."""
    return _PLAIN | kept


def work_rules(policy: Policy) -> dict[str, Any]:
    """What of a policy measures the time between one check-in and one check-out, if unusual."""
    values, usual = policy.as_mapping(), Policy().as_mapping()
    return {name: values[name] for name in _WORK_RULES if values[name] != usual[name]}


def measured(
    rules: dict[str, Any], shift: ShiftFacts, check_in: datetime, check_out: datetime
) -> dict[str, int]:
    """The details that follow from both times (UTC) by kept rules (rules.md section 5)."""
    times = Shift(
        shift_id=shift.shift_id,
        shift_date=shift.shift_date,
        start=shift.starts_at,
        end=shift.ends_at,
        zone=ZoneInfo(shift.timezone),
    )
    seat = seat_of(times, (PolicyVersion(policy=policy_from(rules)),))
    worked = worked_minutes(seat, (), check_in, check_out)
    return {"workedMinutes": worked, "overtimeMinutes": overtime_minutes(seat, worked)}

"""Lateness and early leave (rules.md section 4)."""

from datetime import datetime

from attendance.domain.instants import floor_minutes
from attendance.domain.leave import EffectiveTimes
from attendance.domain.policy import Policy
from attendance.domain.policy_words import LateCountsFrom


def late_by(check_in: datetime | None, effective: EffectiveTimes, policy: Policy) -> int:
    """Whole minutes late, 0 unless late: more minutes after the start than the grace."""
    grace = policy.late_grace_minutes
    if check_in is None or grace is None or effective.wholly_on_leave:
        return 0
    minutes = floor_minutes(check_in - effective.start)
    if minutes <= grace:
        return 0
    return minutes - grace if policy.late_counts_from is LateCountsFrom.GRACE_END else minutes


def early_by(check_out: datetime | None, effective: EffectiveTimes, policy: Policy) -> int:
    """Whole minutes left early, 0 unless early: more minutes before the end than the grace."""
    grace = policy.early_leave_grace_minutes
    if check_out is None or grace is None or effective.wholly_on_leave:
        return 0
    minutes = floor_minutes(effective.end - check_out)
    return minutes if minutes > grace else 0

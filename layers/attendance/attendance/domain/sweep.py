"""What a sweep does: automatic absence and the missing check-out (rules.md section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.domain.leave import EffectiveTimes
from attendance.domain.person import Person
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.policy_words import MissingCheckOut
from attendance.domain.seat import Seat, seat_of
from attendance.domain.shift import Shift

LONGEST_HOLD = timedelta(hours=24)
UNMATCHED_MARGIN = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueAt:
    """The instants (UTC) after which, strictly later, a sweep may act on a shift.

    `hold_over` is when a silent device no longer holds an automatic absence back.
    """

    auto_absent: datetime
    auto_close: datetime
    hold_over: datetime


def due_at(shift: Shift, policy: Policy) -> DueAt:
    """When a shift is due for the sweep under a policy."""
    return due_of(seat_of(shift, (PolicyVersion(policy=policy),)))


def due_of(seat: Seat) -> DueAt:
    """When a seat is due for the sweep under its own policy."""
    absent = seat.window_end + timedelta(minutes=seat.policy.auto_absent_delay_minutes)
    close = seat.window_end + timedelta(minutes=seat.policy.auto_close_delay_minutes)
    return DueAt(auto_absent=absent, auto_close=close, hold_over=absent + LONGEST_HOLD)


@dataclass(frozen=True, kw_only=True, slots=True)
class SweptAbsence:
    """What the sweep found where there is no evidence."""

    absent: bool = False
    awaiting_device: str | None = None
    held_by: tuple[str, ...] = ()


def swept_absence(
    seat: Seat,
    *,
    person: Person,
    effective: EffectiveTimes,
    swept_at: datetime | None,
    awaiting: Sequence[str],
    unmatched: Sequence[str],
) -> SweptAbsence:
    """Whether a shift without evidence is an absence.

    `awaiting` are silent devices of the site, `unmatched` the ids of the person's punches near the
    window that no shift could take: either holds the absence back, a device for 24 hours at most.
    """
    due = due_of(seat)
    if swept_at is None or swept_at <= due.auto_absent:
        return SweptAbsence()
    if not _may_be_absent(seat, person, effective):
        return SweptAbsence()
    if unmatched:
        return SweptAbsence(held_by=tuple(unmatched))
    if awaiting and swept_at <= due.hold_over:
        return SweptAbsence(awaiting_device=min(awaiting))
    return SweptAbsence(absent=True)


def _may_be_absent(seat: Seat, person: Person, effective: EffectiveTimes) -> bool:
    shift = seat.shift
    hired = person.employed_from is None or person.employed_from <= shift.shift_date
    still = person.employed_to is None or shift.shift_date <= person.employed_to
    return (
        seat.policy.auto_absent
        and person.known
        and not person.inactive_at(shift.start)
        and hired
        and still
        and not shift.holiday
        and not effective.wholly_on_leave
    )


def near_window(seat: Seat, instant: datetime) -> bool:
    """Whether an unmatched punch is near enough to hold an automatic absence back."""
    return seat.window_start - UNMATCHED_MARGIN <= instant <= seat.window_end + UNMATCHED_MARGIN


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedCheckOut:
    """What the sweep made of a record left open: nothing, a flag, or a closing time (UTC)."""

    missed: bool = False
    closed_at: datetime | None = None
    absent: bool = False


def missed_check_out(
    seat: Seat, check_in: datetime, effective: EffectiveTimes, swept_at: datetime | None
) -> MissedCheckOut:
    """The sweep's answer to an open record, by the policy's missingCheckOut."""
    if swept_at is None or swept_at <= due_of(seat).auto_close:
        return MissedCheckOut()
    match seat.policy.missing_check_out:
        case MissingCheckOut.CLOSE_AT_SHIFT_END:
            return MissedCheckOut(missed=True, closed_at=max(effective.end, check_in))
        case MissingCheckOut.LEAVE_PENDING:
            return MissedCheckOut(missed=True)
        case MissingCheckOut.MARK_ABSENT:
            return MissedCheckOut(missed=True, absent=not effective.wholly_on_leave)

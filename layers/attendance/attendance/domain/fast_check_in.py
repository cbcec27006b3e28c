"""When a first check-in needs no judging: it is on time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.domain.leave import effective_times
from attendance.domain.person import Leave
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.policy_words import OpenStatus
from attendance.domain.seat import seat_of
from attendance.domain.shift import Shift
from attendance.domain.status import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class OnTimeSpan:
    """From `window_start` (included) up to `first_late` (excluded) a check-in is on time.

    All UTC. `status` is what such a check-in judges to, with lateByMinutes 0, on a shift with no
    other evidence, no decision and no sweep yet. From `end` on no check-in is taken.
    """

    window_start: datetime
    first_late: datetime
    end: datetime
    status: Status


def on_time_span(shift: Shift, policy: Policy, leaves: Iterable[Leave] = ()) -> OnTimeSpan:
    """The span in which a first check-in is on time, under a policy and the person's leaves."""
    seat = seat_of(shift, (PolicyVersion(policy=policy),))
    effective = effective_times(shift, leaves)
    first_late = shift.end
    if policy.late_grace_minutes is not None and not effective.wholly_on_leave:
        late_from = effective.start + timedelta(minutes=policy.late_grace_minutes + 1)
        first_late = min(late_from, shift.end)
    decided = policy.open_status is OpenStatus.DECIDED
    return OnTimeSpan(
        window_start=seat.window_start,
        first_late=first_late,
        end=shift.end,
        status=Status.PRESENT if decided else Status.PENDING,
    )

"""A person's seat on a shift: the shift with its policy, window and decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.domain.decision import Decision
from attendance.domain.instants import MINUTE
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion, policy_in_force
from attendance.domain.ruling import Ruling, ruling
from attendance.domain.shift import Shift


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A shift as punches see it. The window's ends are inclusive, all instants UTC."""

    shift: Shift
    version: PolicyVersion
    window_start: datetime
    window_end: datetime
    ruling: Ruling

    @property
    def policy(self) -> Policy:
        """The policy that judges this shift."""
        return self.version.policy

    def holds(self, instant: datetime) -> bool:
        """Whether the shift's window contains the instant (rules.md section 2)."""
        return self.window_start <= instant <= self.window_end

    def takes_late_out(self, check_in: datetime, instant: datetime) -> bool:
        """Whether a record checked in at `check_in` may be closed after its window is over."""
        since = min(check_in, self.shift.end)
        longest = self.policy.max_open_minutes * MINUTE
        return (
            instant > self.window_end
            and self.policy.accept_out_after_window
            and instant - since <= longest
        )


def seat_of(
    shift: Shift, versions: Sequence[PolicyVersion], decisions: Iterable[Decision] = ()
) -> Seat:
    """The seat of a shift under the policy in force on its shift date."""
    version = policy_in_force(
        versions, shift.shift_date, location=shift.location, department_id=shift.department_id
    )
    before = timedelta(minutes=version.policy.window_before_minutes)
    after = timedelta(minutes=version.policy.window_after_minutes)
    return Seat(
        shift=shift,
        version=version,
        window_start=shift.start - before,
        window_end=shift.end + after,
        ruling=ruling(decisions),
    )


def reach_end(seat: Seat) -> datetime:
    """The last instant (UTC) at which evidence may still be applied to the shift."""
    if not seat.policy.accept_out_after_window:
        return seat.window_end
    longest = timedelta(minutes=seat.policy.max_open_minutes)
    return max(seat.window_end, seat.shift.end + longest)

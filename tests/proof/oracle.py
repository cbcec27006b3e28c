"""What the rules say of one shift's actions, decisions and sweeps, said once more and otherwise.

It shares no code with the domain but its words: schedule by the zone's own arithmetic, facts kept
as they change, and the table of rules.md section 8 from top to bottom.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attendance.domain.refusal import Refusal
from attendance.domain.status import Status

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The part of a policy that varies here; the rest is as by default."""

    late_grace: int | None = 0
    late_from_grace: bool = False
    early_grace: int | None = 0
    late_and_early: str = "leftEarly"
    open_status: str = "decided"
    missing_check_out: str = "closeAtShiftEnd"
    auto_absent: bool = True

    def to_json(self) -> dict[str, object]:
        """As a company writes it."""
        return {
            "lateGraceMinutes": self.late_grace,
            "lateCountsFrom": "graceEnd" if self.late_from_grace else "start",
            "earlyLeaveGraceMinutes": self.early_grace,
            "lateAndEarlyStatus": self.late_and_early,
            "openStatus": self.open_status,
            "missingCheckOut": self.missing_check_out,
            "autoAbsent": self.auto_absent,
        }


@dataclass(frozen=True)
class Facts:
    """A verdict, as far as it is compared."""

    status: Status
    check_in: datetime | None
    check_out: datetime | None
    late: int
    early: int
    open: bool


class Oracle:
    """One shift, from nothing to its last verdict."""

    def __init__(self, day: date, start: str, end: str, zone: ZoneInfo, policy: Wanted) -> None:
        self.policy = policy
        self.start = _instant(day, start, zone)
        over = time.fromisoformat(end) <= time.fromisoformat(start)
        self.end = _instant(day + timedelta(days=over), end, zone)
        self.opens, self.closes = self.start - 120 * MINUTE, self.end + 240 * MINUTE
        self.came: datetime | None = None
        self.left: datetime | None = None
        self.held_in: datetime | None = None
        self.held_out: datetime | None = None
        self.held_status: Status | None = None
        self.decided = self.absent = False
        self.swept_at: datetime | None = None

    @property
    def check_in(self) -> datetime | None:
        """The true one, corrected or told."""
        return None if self.absent else self.held_in or self.came

    @property
    def true_out(self) -> datetime | None:
        """The one that no sweep made."""
        return None if self.absent else self.held_out or self.left

    def try_check_in(self, at: datetime) -> Refusal | None:
        """Section 7, in its order; what is not refused is done."""
        if self.absent:
            return Refusal.MARKED_ABSENT
        if self.check_in:
            return Refusal.ALREADY_CHECKED_IN
        if at < self.opens:
            return Refusal.TOO_EARLY
        if at >= self.end:
            return Refusal.SHIFT_ENDED
        self.came = at
        return None

    def try_check_out(self, at: datetime) -> Refusal | None:
        """Section 7, in its order; what is not refused is done."""
        if self.absent:
            return Refusal.MARKED_ABSENT
        if self.check_in is None:
            return Refusal.NOT_CHECKED_IN
        if self.true_out:
            return Refusal.ALREADY_CHECKED_OUT
        if at < self.check_in or (self.came and at < self.came):
            return Refusal.CHECKOUT_BEFORE_CHECKIN
        if at > self.closes and at - self.check_in > 960 * MINUTE:
            return Refusal.SHIFT_CLOSED
        self.left = at
        return None

    def try_mark_absent(self) -> Refusal | None:
        """A record with any time is corrected instead."""
        if self.check_in or self._shown_out():
            return Refusal.ALREADY_CHECKED_IN
        self.held_in = self.held_out = self.held_status = None
        self.absent = self.decided = True
        return None

    def try_correct(
        self, check_in: datetime | None, check_out: datetime | None, status: Status | None
    ) -> Refusal | None:
        """Fields that are None are not spoken of; a manual absence is lifted."""
        was_in = check_in or self.check_in
        was_out = check_out or self.true_out
        if was_in and was_out and was_out < was_in:
            return Refusal.CHECKOUT_BEFORE_CHECKIN
        self.absent, self.decided = False, True
        self.held_in = check_in or self.held_in
        self.held_out = check_out or self.held_out
        self.held_status = status or self.held_status
        return None

    def verdict(self) -> Facts | None:
        """None while there is nothing that makes a record."""
        nothing = not (self.came or self.left or self.decided)
        if nothing and not self._auto_absent():
            return None
        out = self._shown_out()
        return Facts(
            status=self._status(out),
            check_in=self.check_in,
            check_out=out,
            late=self._late(),
            early=self._early(),
            open=self.check_in is not None and out is None,
        )

    def _status(self, out: datetime | None) -> Status:
        if self.absent:
            return Status.ABSENT
        if self.held_status:
            return self.held_status
        if self.check_in is None:
            return Status.ABSENT if self._auto_absent() else Status.PENDING
        if self._missed() and self.policy.missing_check_out == "markAbsent":
            return Status.ABSENT
        if self._late() and self._early():
            return Status(self.policy.late_and_early)
        if self._early():
            return Status.LEFT_EARLY
        if self._late():
            return Status.LATE
        waits = out is None and self.policy.open_status == "pending"
        return Status.PENDING if waits else Status.PRESENT

    def _late(self) -> int:
        grace = self.policy.late_grace
        if self.check_in is None or grace is None:
            return 0
        minutes = (self.check_in - self.start) // MINUTE
        if minutes <= grace:
            return 0
        return minutes - grace if self.policy.late_from_grace else minutes

    def _early(self) -> int:
        grace = self.policy.early_grace
        if self.true_out is None or grace is None:
            return 0
        minutes = (self.end - self.true_out) // MINUTE
        return minutes if minutes > grace else 0

    def _is_due(self) -> bool:
        return self.swept_at is not None and self.swept_at > self.closes + 60 * MINUTE

    def _missed(self) -> bool:
        return self._is_due() and self.check_in is not None and self.true_out is None

    def _auto_absent(self) -> bool:
        empty = self.check_in is None and self.true_out is None and not self.absent
        return self._is_due() and empty and self.policy.auto_absent

    def _shown_out(self) -> datetime | None:
        closes = self.policy.missing_check_out == "closeAtShiftEnd"
        if self.check_in is not None and self._missed() and closes:
            return max(self.end, self.check_in)
        return self.true_out


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)

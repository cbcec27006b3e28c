"""The facts of one shift, before they become a status."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.domain.evidence import Item
from attendance.domain.leave import EffectiveTimes, effective_times
from attendance.domain.person import Person
from attendance.domain.punctuality import early_by, late_by
from attendance.domain.record_times import RecordTimes, record_times
from attendance.domain.seat import Seat
from attendance.domain.sweep import (
    MissedCheckOut,
    SweptAbsence,
    missed_check_out,
    swept_absence,
)
from attendance.domain.worked_time import overtime_minutes, worked_minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """A seat with what bears on it: applied evidence, sweep, silent devices, stray punches."""

    seat: Seat
    person: Person
    items: Sequence[Item] = ()
    swept_at: datetime | None = None
    awaiting: Sequence[str] = ()
    unmatched: Sequence[str] = ()
    conflicts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """The facts. `times` are the true ones; `check_out` may be automatic. Instants are UTC."""

    sitting: Sitting
    effective: EffectiveTimes
    times: RecordTimes
    check_out: datetime | None
    missed: MissedCheckOut
    swept: SweptAbsence
    late_by_minutes: int = 0
    early_leave_minutes: int = 0
    worked_minutes: int = 0
    overtime_minutes: int = 0
    half_day: bool = False
    absent_by_hours: bool = False

    @property
    def auto_closed(self) -> bool:
        """Whether the check-out is the sweep's."""
        return self.missed.closed_at is not None


def find(sitting: Sitting) -> Findings:
    """Measure a sitting: times, lateness, early leave, worked time, sweep."""
    seat = sitting.seat
    effective = effective_times(seat.shift, sitting.person.leaves)
    if seat.ruling.marked_absent:
        return _nothing(sitting, effective, SweptAbsence())
    times = record_times(seat, sitting.items)
    if not sitting.items and times == RecordTimes() and seat.ruling.status is None:
        return _nothing(sitting, effective, _swept(sitting, effective))
    return _measured(sitting, effective, times)


def _swept(sitting: Sitting, effective: EffectiveTimes) -> SweptAbsence:
    return swept_absence(
        sitting.seat,
        person=sitting.person,
        effective=effective,
        swept_at=sitting.swept_at,
        awaiting=sitting.awaiting,
        unmatched=sitting.unmatched,
    )


def _nothing(sitting: Sitting, effective: EffectiveTimes, swept: SweptAbsence) -> Findings:
    return Findings(
        sitting=sitting,
        effective=effective,
        times=RecordTimes(),
        check_out=None,
        missed=MissedCheckOut(),
        swept=swept,
    )


def _measured(sitting: Sitting, effective: EffectiveTimes, times: RecordTimes) -> Findings:
    seat, policy = sitting.seat, sitting.seat.policy
    missed = MissedCheckOut()
    if times.check_in is not None and times.open:
        missed = missed_check_out(seat, times.check_in, effective, sitting.swept_at)
    check_out = times.check_out or missed.closed_at
    worked = worked_minutes(seat, sitting.items, times.check_in, check_out)
    complete = times.check_in is not None and check_out is not None
    too_few = complete and worked < policy.absent_below_minutes
    absent_by_hours = too_few and not effective.wholly_on_leave
    has_true_out = complete and missed.closed_at is None
    return Findings(
        sitting=sitting,
        effective=effective,
        times=times,
        check_out=check_out,
        missed=missed,
        swept=SweptAbsence(),
        late_by_minutes=late_by(times.check_in, effective, policy),
        early_leave_minutes=early_by(times.check_out, effective, policy),
        worked_minutes=worked,
        overtime_minutes=overtime_minutes(seat, worked) if has_true_out else 0,
        half_day=complete and not absent_by_hours and worked < policy.half_day_below_minutes,
        absent_by_hours=absent_by_hours,
    )

"""Check-in and check-out of a record: what evidence tells, overruled by corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.domain.decision import KEEP
from attendance.domain.evidence import Item
from attendance.domain.punched_times import PunchedTimes, punched_times
from attendance.domain.ruling import Ruling
from attendance.domain.seat import Seat


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordTimes:
    """True check-in and check-out (UTC), never an automatic one."""

    check_in: datetime | None = None
    check_out: datetime | None = None

    @property
    def open(self) -> bool:
        """Has a check-in and no check-out after it."""
        return self.check_in is not None and self.check_out is None


def record_times(seat: Seat, items: Sequence[Item]) -> RecordTimes:
    """The times of a record from its applied evidence in replay order and its ruling."""
    return _overruled(_punched(seat, items), seat.ruling)


def standing_at(seat: Seat, items: Sequence[Item], instant: datetime) -> RecordTimes:
    """The times as they stand at an instant of the replay, from the evidence up to it.

    A corrected time counts from its own instant on.
    """
    punched, held = _punched(seat, items), seat.ruling
    check_in = punched.check_in if held.check_in is KEEP else held.check_in
    check_out = punched.check_out
    if held.check_out is None:
        check_out = None
    elif held.check_out is not KEEP and held.check_out <= instant:
        check_out = held.check_out
    has_begun = check_in is not None and check_in <= instant
    return RecordTimes(check_in=check_in if has_begun else None, check_out=check_out)


def _punched(seat: Seat, items: Sequence[Item]) -> PunchedTimes:
    return punched_times(items, seat.policy.direction_mode, seat.shift.end)


def _overruled(punched: PunchedTimes, held: Ruling) -> RecordTimes:
    """Corrected fields win; a punched time that contradicts a corrected one is left out."""
    check_in = punched.check_in if held.check_in is KEEP else held.check_in
    check_out = punched.check_out if held.check_out is KEEP else held.check_out
    if check_in and check_out and check_out < check_in:
        if held.check_out is KEEP:
            check_out = None
        else:
            check_in = None
    return RecordTimes(check_in=check_in, check_out=check_out)

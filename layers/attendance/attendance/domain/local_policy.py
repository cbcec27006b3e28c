"""By which policy a punch is read: that of the shift it was made at (rules.md section 9)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from attendance.domain.instants import before
from attendance.domain.policy_versions import PolicyVersion, policy_in_force
from attendance.domain.reading import ReadPunch
from attendance.domain.seat import Seat
from attendance.domain.shift import Shift

Reads = Mapping[str, ReadPunch | None]


def read_at_shifts(reads: Reads, seats: Sequence[Seat], versions: Sequence[PolicyVersion]) -> Reads:
    """The punches with the code map and the debounce of the shift whose window holds them.

    That is the policy of its date and department; the site is the terminal's, for its keys mean
    what they mean there, or the shift's for a terminal without one. Of several windows the one
    whose scheduled times are nearest counts, the earlier on a tie. A punch in no window keeps
    the policy of its terminal's site on its wall date.
    """
    if _is_one_for_all(reads, seats, versions):
        return reads
    windows = _Windows(seats)
    return {key: read and _at_shift(read, windows, versions) for key, read in reads.items()}


def _is_one_for_all(reads: Reads, seats: Sequence[Seat], versions: Sequence[PolicyVersion]) -> bool:
    """Whether no shift could say otherwise: one policy is in force, whatever site or department."""
    if any(version.location or version.department_id for version in versions):
        return False
    in_force = {id(seat.policy) for seat in seats}
    in_force |= {id(read.policy) for read in reads.values() if read is not None}
    return len(in_force) < 2


class _Windows:
    """The windows of a person's shifts, to be looked up by an instant."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._seats = sorted(seats, key=lambda seat: seat.window_start)
        self._starts = [seat.window_start for seat in self._seats]
        self._longest = max((s.window_end - s.window_start for s in seats), default=timedelta())

    def holding(self, instant: datetime) -> list[Shift]:
        """The shifts whose window holds an instant (UTC)."""
        low = bisect_left(self._starts, before(instant, self._longest))
        begun = self._seats[low : bisect_right(self._starts, instant)]
        return [seat.shift for seat in begun if seat.holds(instant)]


def _at_shift(read: ReadPunch, windows: _Windows, versions: Sequence[PolicyVersion]) -> ReadPunch:
    nearest = min(
        windows.holding(read.instant),
        key=lambda shift: (
            _distance((shift.start, shift.end), read.instant),
            shift.start,
            shift.shift_id,
        ),
        default=None,
    )
    if nearest is None:
        return read
    version = policy_in_force(
        versions,
        nearest.shift_date,
        location=read.punch.location or nearest.location,
        department_id=nearest.department_id,
    )
    return replace(read, policy=version.policy)


def _distance(span: tuple[datetime, datetime], instant: datetime) -> timedelta:
    start, end = span
    return max(start - instant, instant - end, timedelta())

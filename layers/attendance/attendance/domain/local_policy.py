"""By which policy a punch is read: that of the shift it was made at (rules.md section 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from attendance.domain.policy_versions import PolicyVersion, policy_in_force
from attendance.domain.reading import ReadPunch
from attendance.domain.seat import Seat

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
    return {key: read and _at_shift(read, seats, versions) for key, read in reads.items()}


def _is_one_for_all(reads: Reads, seats: Sequence[Seat], versions: Sequence[PolicyVersion]) -> bool:
    """Whether no shift could say otherwise: one policy is in force, whatever site or department."""
    if any(version.location or version.department_id for version in versions):
        return False
    in_force = {id(seat.policy) for seat in seats}
    in_force |= {id(read.policy) for read in reads.values() if read is not None}
    return len(in_force) < 2


def _at_shift(
    read: ReadPunch, seats: Sequence[Seat], versions: Sequence[PolicyVersion]
) -> ReadPunch:
    nearest = min(
        (seat.shift for seat in seats if seat.holds(read.instant)),
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

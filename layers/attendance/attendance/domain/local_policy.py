"""By which policy a punch is read: that of the shift it was made at (rules.md section 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from attendance.domain.reading import ReadPunch
from attendance.domain.seat import Seat

Reads = Mapping[str, ReadPunch | None]


def read_at_shifts(reads: Reads, seats: Sequence[Seat]) -> Reads:
    """The punches with the code map and the debounce of the shift whose window holds them.

    Of several windows the one whose scheduled times are nearest counts, the earlier on a tie. A
    punch in no window keeps the policy of its terminal's site on its wall date.
    """
    policies = {id(seat.policy) for seat in seats}
    policies |= {id(read.policy) for read in reads.values() if read is not None}
    if len(policies) < 2:
        return reads
    return {key: read and _at_shift(read, seats) for key, read in reads.items()}


def _at_shift(read: ReadPunch, seats: Sequence[Seat]) -> ReadPunch:
    nearest = min(
        (seat for seat in seats if seat.holds(read.instant)),
        key=lambda seat: (_distance(seat, read.instant), seat.shift.start, seat.shift.shift_id),
        default=None,
    )
    return read if nearest is None else replace(read, policy=nearest.policy)


def _distance(seat: Seat, instant: datetime) -> timedelta:
    shift = seat.shift
    return max(shift.start - instant, instant - shift.end, timedelta())

"""Rule M6: an IN or an unlabelled punch inside several windows (rules.md section 2)."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce

from attendance.domain.direction import Direction
from attendance.domain.seat import Seat
from attendance.domain.standing import StandingOf


def choose(
    candidates: Iterable[Seat],
    instant: datetime,
    direction: Direction | None,
    standing_of: StandingOf,
) -> Seat:
    """Fold the candidates pairwise, earlier before later."""

    def fold(earlier: Seat, later: Seat) -> Seat:
        keeps = _earlier_takes(earlier, later, instant, direction, standing_of)
        return earlier if keeps else later

    return reduce(fold, sorted(candidates, key=lambda seat: seat.shift.start))


def _earlier_takes(
    earlier: Seat,
    later: Seat,
    instant: datetime,
    direction: Direction | None,
    standing_of: StandingOf,
) -> bool:
    standing = standing_of(earlier)
    to_next_start = abs(instant - later.shift.start)
    if not standing.exists:
        return abs(instant - earlier.shift.start) <= to_next_start
    if instant <= earlier.shift.end:
        return True
    if standing.open and direction is None:
        return instant - earlier.shift.end <= to_next_start
    return False

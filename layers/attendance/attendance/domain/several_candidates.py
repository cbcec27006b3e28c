"""Rule M6: an IN or an unlabelled punch inside several windows (rules.md section 2)."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce

from attendance.domain.direction import Direction
from attendance.domain.seat import Seat
from attendance.domain.standing import Standing, StandingOf


def choose(
    candidates: Iterable[Seat],
    instant: datetime,
    direction: Direction | None,
    standing_of: StandingOf,
) -> tuple[Seat, str]:
    """Fold the candidates pairwise, earlier before later; with the line that decided last."""

    def fold(before: tuple[Seat, str], later: Seat) -> tuple[Seat, str]:
        earlier, _ = before
        keeps, line = _earlier_takes(earlier, later, instant, direction, standing_of(earlier))
        return (earlier if keeps else later), line

    first, *others = sorted(candidates, key=lambda seat: seat.shift.start)
    return reduce(fold, others, (first, "M6"))


def _earlier_takes(
    earlier: Seat,
    later: Seat,
    instant: datetime,
    direction: Direction | None,
    standing: Standing,
) -> tuple[bool, str]:
    """Whether the earlier of two takes it, and by which line of the table (docs/rules.md)."""
    to_next_start = abs(instant - later.shift.start)
    if not standing.exists:
        return abs(instant - earlier.shift.start) <= to_next_start, "M6a"
    if instant <= earlier.shift.end:
        return True, "M6b"
    if not standing.open:
        return False, "M6e"
    if direction is None:
        return instant - earlier.shift.end <= to_next_start, "M6c"
    return False, "M6d"

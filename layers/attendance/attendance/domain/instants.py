"""Wall times to instants, and whole minutes between instants (rules.md section 1)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

MINUTE = timedelta(minutes=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Readings:
    """The instants (UTC) a wall time may mean: one, or two in a repeated hour.

    In a gap, where the wall time does not exist, `first` is read with the offset in force before
    the change and `gap` is true.
    """

    first: datetime
    second: datetime | None = None
    gap: bool = False


@lru_cache(maxsize=1024)
def readings(wall: datetime, zone: tzinfo) -> Readings:
    """What a naive wall time means in a zone. Raises OverflowError beyond the calendar's ends."""
    first = wall.replace(tzinfo=zone, fold=0)
    second = wall.replace(tzinfo=zone, fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before == after or before is None or after is None:
        return Readings(first=first.astimezone(UTC))
    if before < after:
        return Readings(first=first.astimezone(UTC), gap=True)
    return Readings(first=first.astimezone(UTC), second=second.astimezone(UTC))


def at_wall(wall: datetime, zone: tzinfo) -> datetime:
    """The instant (UTC) of a schedule's wall time: in a fold the first, in a gap fold=0."""
    return readings(wall, zone).first


def before(instant: datetime, span: timedelta) -> datetime:
    """The instant (UTC) so long before, or the calendar's first where there is none."""
    try:
        return instant - span
    except OverflowError:
        return BEGINNING


def floor_minutes(span: timedelta) -> int:
    """Whole minutes of a difference, rounded down (also below zero)."""
    return span // MINUTE

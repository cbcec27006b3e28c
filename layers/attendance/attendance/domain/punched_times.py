"""Check-in and check-out from the evidence of one shift (rules.md section 3, the modes)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.domain.direction import Direction
from attendance.domain.evidence import Item
from attendance.domain.policy_words import DirectionMode


@dataclass(frozen=True, kw_only=True, slots=True)
class PunchedTimes:
    """Check-in and check-out (UTC); a check-in without check-out is open."""

    check_in: datetime | None = None
    check_out: datetime | None = None


def punched_times(items: Sequence[Item], mode: DirectionMode, shift_end: datetime) -> PunchedTimes:
    """The times the applied evidence of a shift tells, `items` in replay order."""
    if not items:
        return PunchedTimes()
    return _READERS[mode_in_effect(items, mode)](items, shift_end)


def mode_in_effect(items: Sequence[Item], mode: DirectionMode) -> DirectionMode:
    """Auto is labelled while every applied punch has a direction, else firstLast for all."""
    if mode is not DirectionMode.AUTO:
        return mode
    if all(item.direction for item in items):
        return DirectionMode.LABELLED
    return DirectionMode.FIRST_LAST


def _labelled(items: Sequence[Item], _shift_end: datetime) -> PunchedTimes:
    """First IN; last OUT after it unless an IN follows; an OUT alone is kept."""
    check_in = next((i.instant for i in items if i.direction is Direction.IN), None)
    last = items[-1]
    check_out = last.instant if last.direction is Direction.OUT else None
    return PunchedTimes(check_in=check_in, check_out=check_out)


def _alternating(items: Sequence[Item], shift_end: datetime) -> PunchedTimes:
    """First punch; last punch if the count is even."""
    return _first_and_last(items, shift_end, closed=len(items) % 2 == 0)


def _first_last(items: Sequence[Item], shift_end: datetime) -> PunchedTimes:
    """First punch; last punch if there are two or more."""
    return _first_and_last(items, shift_end, closed=len(items) >= 2)


def _first_and_last(items: Sequence[Item], shift_end: datetime, *, closed: bool) -> PunchedTimes:
    """A first punch at or after the scheduled end is a check-out that misses its check-in."""
    first, last = items[0], items[-1]
    if first.instant >= shift_end and not first.checks_in:
        return PunchedTimes(check_out=last.instant)
    return PunchedTimes(check_in=first.instant, check_out=last.instant if closed else None)


_READERS: Mapping[DirectionMode, Callable[[Sequence[Item], datetime], PunchedTimes]] = {
    DirectionMode.LABELLED: _labelled,
    DirectionMode.ALTERNATING: _alternating,
    DirectionMode.FIRST_LAST: _first_last,
}

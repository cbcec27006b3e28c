"""What leave does to the start and end of a shift (rules.md section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from attendance.domain.instants import at_wall
from attendance.domain.person import Leave
from attendance.domain.schedule import FIRST_DAY, LAST_DAY
from attendance.domain.shift import Shift


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectiveTimes:
    """From when to when a person is expected, UTC.

    `wholly_on_leave`: leave covers all of the shift; the times are then the scheduled ones.
    """

    start: datetime
    end: datetime
    wholly_on_leave: bool = False


def effective_times(shift: Shift, leaves: Iterable[Leave]) -> EffectiveTimes:
    """The effective start and end: leave over the start moves it later, over the end earlier."""
    spans = sorted(_instants(leave, shift.zone) for leave in leaves)
    start = _after_leave(shift.start, spans)
    if start >= shift.end:
        return EffectiveTimes(start=shift.start, end=shift.end, wholly_on_leave=True)
    return EffectiveTimes(start=start, end=_before_leave(shift.end, spans))


Span = tuple[datetime, datetime]


def _after_leave(start: datetime, spans: list[Span]) -> datetime:
    for begins, ends in spans:
        if begins <= start < ends:
            start = ends
    return start


def _before_leave(end: datetime, spans: list[Span]) -> datetime:
    for begins, ends in sorted(spans, key=lambda span: span[1], reverse=True):
        if begins < end <= ends:
            end = begins
    return end


def _instants(leave: Leave, zone: tzinfo) -> Span:
    return _instant(leave.start, zone), _instant(leave.end, zone)


def _instant(moment: datetime, zone: tzinfo) -> datetime:
    """At the calendar's ends, where no zone reaches, any zone does: no shift is near."""
    if moment.tzinfo is None and not FIRST_DAY <= moment.date() <= LAST_DAY:
        return moment.replace(tzinfo=UTC)
    return at_wall(moment, zone) if moment.tzinfo is None else moment.astimezone(UTC)

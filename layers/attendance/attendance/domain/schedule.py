"""Scheduled start and end of a shift as instants (rules.md section 1)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from attendance.domain.errors import InvalidShiftError
from attendance.domain.instants import MINUTE, at_wall, floor_minutes
from attendance.domain.policy import Policy

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9000, 12, 31)
"""The days that shifts can have: far enough from the calendar's ends for any arithmetic."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A scheduled stretch of work, instants in UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Schedule") -> bool:
        """Whether two schedules overlap; touching is not overlapping (section 2)."""
        return self.start < other.end and other.start < self.end


def schedule(shift_date: date, start_time: time, end_time: time, zone: tzinfo) -> Schedule:
    """Start and end of a shift; an end at or before the start is the next day's.

    `zone` is the site's. Raises InvalidShiftError when start and end are the same wall time, or
    when a change of the clocks leaves nothing between them, or for a date at the calendar's ends.
    """
    if start_time == end_time:
        raise InvalidShiftError("endTime: expected a time other than startTime")
    if not FIRST_DAY <= shift_date <= LAST_DAY:
        raise InvalidShiftError(f"shiftDate: expected a date from {FIRST_DAY} to {LAST_DAY}")
    end_date = shift_date if end_time > start_time else shift_date + timedelta(days=1)
    start = at_wall(datetime.combine(shift_date, start_time), zone)
    end = at_wall(datetime.combine(end_date, end_time), zone)
    if end <= start:
        raise InvalidShiftError("endTime: expected a time after startTime on this day's clock")
    return Schedule(start=start, end=end)


def wall_time(text: str) -> time:
    """The time of "HH:MM" (00:00 to 23:59). Raises InvalidShiftError."""
    hours, colon, minutes = text.partition(":")
    digits = hours + minutes
    if colon and len(hours) == len(minutes) == 2 and digits.isascii() and digits.isdigit():
        with suppress(ValueError):
            return time(int(hours), int(minutes))
    raise InvalidShiftError(f'expected a time "HH:MM" from 00:00 to 23:59, got {text[:20]!r}')


def check_length(times: Schedule, policy: Policy) -> None:
    """Refuse a shift that with its windows reaches 24 hours (section 9).

    Raises InvalidShiftError.
    """
    around = (policy.window_before_minutes + policy.window_after_minutes) * MINUTE
    whole = times.end - times.start + around
    if whole >= timedelta(days=1):
        raise InvalidShiftError(
            "expected windowBeforeMinutes + shift + windowAfterMinutes under 24 hours, "
            f"got {floor_minutes(whole)} minutes"
        )

"""The days that shifts can have: far enough from the calendar's ends for any arithmetic."""

from datetime import date

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9000, 12, 31)


def within(day: date) -> date:
    """The day itself, or the end of the span that it lies beyond."""
    return min(max(day, FIRST_DAY), LAST_DAY)

"""What lies beyond the days that shifts can have."""

from datetime import date

from attendance.domain.schedule import FIRST_DAY, LAST_DAY


def wall_span(first: date, last: date) -> tuple[str, str]:
    """Text order of the wall times of the days, both included.

    Beyond the days that shifts can have, it goes on to the calendar's end: there lies what
    terminals say whose clocks have gone mad.
    """
    low = "0" if first <= FIRST_DAY else f"{first.isoformat()} 00:00:00"
    return low, "9999-12-31 23:59:59" if last >= LAST_DAY else f"{last.isoformat()} 23:59:59"


def within(day: date) -> date:
    """The day itself, or the end of the span that it lies beyond."""
    return min(max(day, FIRST_DAY), LAST_DAY)

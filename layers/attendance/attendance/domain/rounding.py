"""Rounding of the ends of worked time (rules.md section 5); true times stay as they are."""

from datetime import datetime, timedelta, tzinfo


def rounded(instant: datetime, minutes: int, zone: tzinfo) -> datetime:
    """The nearest multiple of so many minutes on the zone's clock, the half up; 0 is off."""
    if minutes == 0:
        return instant
    wall = instant.astimezone(zone)
    of_day = timedelta(
        hours=wall.hour,
        minutes=wall.minute,
        seconds=wall.second,
        microseconds=wall.microsecond,
    )
    grid = timedelta(minutes=minutes)
    past = of_day % grid
    return instant - past if past * 2 < grid else instant - past + grid

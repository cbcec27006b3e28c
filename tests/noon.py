"""A zone for tests that need a day around the present moment."""

from datetime import datetime


def zone_where_it_is_noon(now: datetime) -> str:
    """The IANA zone in which an instant (UTC) lies between 12:00 and 13:00."""
    offset = (12 - now.hour) % 24
    hours = offset if offset <= 12 else offset - 24
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"

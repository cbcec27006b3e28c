"""The terminal's way to write times: seconds from 2000 with months of 31 days."""

from datetime import datetime

DAY_SECONDS = 86_400
LAST_YEAR = 99


def midnight_of(day: int) -> datetime | None:
    """Naive midnight of the day with this number; None for a day that no terminal can show.

    That is a day such as 31 February, or one after 2099: SET_TIME has no century.
    """
    month, day_index = divmod(day, 31)
    year, month_index = divmod(month, 12)
    if year > LAST_YEAR:
        return None
    try:
        return datetime(2000 + year, month_index + 1, day_index + 1)  # noqa: DTZ001 - wall time
    except ValueError:
        return None


def encode_time(moment: datetime) -> int:
    """The number for SET_TIME; it knows the years 2000 to 2099."""
    day = ((moment.year % 100) * 12 + moment.month - 1) * 31 + moment.day - 1
    return day * DAY_SECONDS + moment.hour * 3600 + moment.minute * 60 + moment.second

"""The terminal's naive clock and the two ways it writes a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass
class DeviceClock:
    """Wall time of `timezone` (this machine's when empty), `offset_seconds` wrong."""

    timezone: str = ""
    offset_seconds: float = 0.0

    def now(self) -> datetime:
        """What the terminal's display shows: naive, whole seconds."""
        zone = ZoneInfo(self.timezone) if self.timezone else None
        local = datetime.now(zone) if zone else datetime.now().astimezone()
        return local.replace(tzinfo=None, microsecond=0) + timedelta(seconds=self.offset_seconds)

    def set(self, shown: datetime) -> None:
        """Turn the hands."""
        self.offset_seconds += (shown - self.now()).total_seconds()


def encode_time(moment: datetime) -> int:
    """The u32 of log records and GET_TIME: seconds with 31-day months from 2000."""
    days = ((moment.year % 100) * 12 + moment.month - 1) * 31 + moment.day - 1
    return days * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second


def decode_time(seconds: int) -> datetime:
    """The inverse, for SET_TIME; ValueError for a day that does not exist."""
    days, second = divmod(seconds, 86_400)
    months, day = divmod(days, 31)
    year, month = divmod(months, 12)
    hour, rest = divmod(second, 3600)
    return datetime(2000 + year, month + 1, day + 1, hour, *divmod(rest, 60))  # noqa: DTZ001


def six_bytes(moment: datetime) -> bytes:
    """The time of a real-time event."""
    return bytes(
        (
            moment.year - 2000,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
        )
    )

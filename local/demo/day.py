"""The demo's day: a zone where it is morning now, and the shifts of that day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

ZONES = (
    "Europe/Madrid",
    "America/Mexico_City",
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "Pacific/Gambier",
    "Pacific/Pitcairn",
    "America/Phoenix",
    "America/Costa_Rica",
    "America/Bogota",
    "America/La_Paz",
    "America/Sao_Paulo",
    "America/Noronha",
    "Atlantic/Cape_Verde",
    "Africa/Abidjan",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Brisbane",
    "Pacific/Guadalcanal",
    "Pacific/Tarawa",
)
MORNING = 9


def zone_where_it_is_morning(now: datetime) -> str:
    """The IANA zone whose clock shows nine-something at `now` (aware)."""
    return next(zone for zone in ZONES if now.astimezone(ZoneInfo(zone)).hour == MORNING)


@dataclass(frozen=True)
class Day:
    """Today in the demo's zone: one shift has begun, one begins with the next full hour."""

    zone: str
    date: date

    @classmethod
    def today(cls, zone: str, now: datetime | None = None) -> "Day":
        """The zone's date at `now`, an aware instant; the present one by default."""
        return cls(zone, (now or datetime.now(UTC)).astimezone(ZoneInfo(zone)).date())

    def early_shift(self, location: str) -> dict[str, Any]:
        """09:00 to 17:00, as `POST /v1/shifts` takes it."""
        return self._shift("early", "09:00", "17:00", location)

    def late_shift(self, location: str) -> dict[str, Any]:
        """10:00 to 18:00, as `POST /v1/shifts` takes it."""
        return self._shift("late", "10:00", "18:00", location)

    def _shift(self, name: str, start: str, end: str, location: str) -> dict[str, Any]:
        return {
            "shiftId": f"{name}-{self.date.isoformat()}",
            "shiftDate": self.date.isoformat(),
            "startTime": start,
            "endTime": end,
            "location": location,
            "departmentId": "production",
        }

"""Zones by their IANA names."""

from zoneinfo import ZoneInfo

from attendance.domain.errors import DomainError


class InvalidZoneError(DomainError):
    """A name that is no IANA zone."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name, such as `Europe/Madrid`. Raises InvalidZoneError."""
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        expected = "an IANA zone, such as Europe/Madrid"
        raise InvalidZoneError(f"expected {expected}, got {name[:40]!r}") from None

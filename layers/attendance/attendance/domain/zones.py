"""Time zones by their IANA names."""

from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether an IANA zone of this name exists, such as `America/Mexico_City`."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True

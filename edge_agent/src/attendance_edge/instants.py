"""Instants as the agent stores and sends them: ISO 8601, UTC, milliseconds, Z."""

from datetime import UTC, datetime, timedelta


def to_iso(instant: datetime) -> str:
    """`2026-03-06T09:15:23.000Z` for an aware instant."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """An aware instant; ValueError for text that is none."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return instant.astimezone(UTC)


def utc_now() -> str:
    """Now, by this machine's clock."""
    return to_iso(datetime.now(UTC))


def shifted(text: str, by: timedelta, latest: datetime) -> str:
    """The instant moved by a clock's error, and never beyond `latest`."""
    return to_iso(min(from_iso(text) + by, latest))

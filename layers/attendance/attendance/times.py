"""Instants as text: ISO 8601 with an offset in, UTC milliseconds out (rest-api.md section 1)."""

from datetime import UTC, datetime


def to_iso(instant: datetime) -> str:
    """`2026-03-06T09:15:23.000Z`: UTC, milliseconds, so that text order is time order."""
    universal = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return universal.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def from_iso(text: str) -> datetime:
    """The instant a text names, in UTC. Raises ValueError for anything without an offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a time needs an offset, such as 2026-03-06T09:15:23Z")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time within the years 1 to 9999 in UTC") from error


def optional_from_iso(text: str | None) -> datetime | None:
    """`from_iso`, where there may be nothing."""
    return None if text is None else from_iso(text)


def optional_to_iso(instant: datetime | None) -> str | None:
    """`to_iso`, where there may be nothing."""
    return None if instant is None else to_iso(instant)

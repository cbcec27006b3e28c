"""When a terminal counts as offline: its last report failed, or none came for ten minutes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from attendance.adapters.table_errors import ConditionFailedError
from attendance.model.directory import Member
from attendance.runtime import Runtime
from attendance.times import from_iso

SILENCE = timedelta(minutes=10)
LOOK_BACK = timedelta(hours=26)
"""How far to look back at any rate; farther after the clock itself stood still."""
HOUR = timedelta(hours=1)


def offline_since(before: dict[str, Any], *, ok: bool, read_at: str) -> str | None:
    """`health.offlineSince` after a report: a good one ends it, the first bad one begins it."""
    return None if ok else before.get("offlineSince") or read_at


def silent_from(now: datetime) -> datetime:
    """When the clock looks at a terminal again that has just reported."""
    return now + SILENCE


def note_silent_devices(parts: Runtime, now: datetime, since: datetime | None = None) -> int:
    """Write `health.offlineSince` on terminals that said nothing for ten minutes; how many.

    It reads what is due, not what exists; a terminal that reports meanwhile is left alone. `since`
    is the last hour that the clock has seen through (UTC), if that is long ago.
    """
    oldest = min(now - LOOK_BACK, since or now)
    return sum(_note(parts, device, now) for device in list(_due(parts, oldest, now)))


def _due(parts: Runtime, oldest: datetime, now: datetime) -> Iterator[Member]:
    hour = oldest.replace(minute=0, second=0, microsecond=0)
    while hour <= now:
        for device in parts.directory.devices_due(hour, now):
            if device.due_at is not None and device.due_at < now:
                yield device
        hour += HOUR


def _note(parts: Runtime, device: Member, now: datetime) -> bool:
    health = device.body.get("health") or {}
    body = {**device.body, "health": {**health, "offlineSince": _since(health)}}
    try:
        parts.directory.save_member(replace(device, body=body, due_at=None, updated_at=now))
    except ConditionFailedError:
        return False
    return not health.get("offlineSince")


def _since(health: dict[str, Any]) -> Any:
    return health.get("offlineSince") or health["reportedAt"]


def seconds_between(since: str, instant: datetime) -> int:
    """Whole seconds from an instant as text to another."""
    return int((instant - from_iso(since)).total_seconds())

"""Why a verdict is what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from attendance.domain.decision import Decision
from attendance.domain.outcome import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One rule that had a say: its name, a sentence, and the numbers it looked at (JSON-ready)."""

    rule: str
    text: str
    inputs: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class PunchNote:
    """A punch as the shift saw it: used, or ignored with the outcome as the reason."""

    punch_id: str
    instant: datetime | None
    outcome: Outcome
    rule: str | None
    line: str | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """The rules of a verdict in the order they spoke, and what they looked at."""

    rules: tuple[Reason, ...]
    used: tuple[PunchNote, ...]
    ignored: tuple[PunchNote, ...]
    candidates: Mapping[str, tuple[str, ...]]
    policy_version: int
    decisions: tuple[Decision, ...]


def shown(instant: datetime | None) -> str | None:
    """An instant as answers show it: UTC with milliseconds, `2026-03-06T08:06:00.000Z`."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

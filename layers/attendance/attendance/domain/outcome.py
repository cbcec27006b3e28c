"""What became of a punch."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """The outcome words of simulate.md for punches."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    DEBOUNCED = "debounced"
    UNMATCHED = "unmatched"
    UNKNOWN_USER = "unknownUser"
    INACTIVE_USER = "inactiveUser"
    NO_DIRECTION = "noDirection"
    HOLIDAY = "holiday"
    CONFLICT = "conflict"
    FUTURE_CLOCK = "futureClock"
    TOO_OLD = "tooOld"
    INVALID_TIME = "INVALID_TIME"


@dataclass(frozen=True, kw_only=True, slots=True)
class PunchOutcome:
    """The outcome of one punch.

    `instant` is UTC (None when no instant could be read). `shift_id` is the shift it was applied
    to, or the one that claimed it and could not take it (conflict, holiday, noDirection).
    `rule` is the rule of matching that decided (M1 to M6), if it came that far, and `line` its
    own line (M6a to M6e) where it has several; `candidates` are the shifts whose window holds the
    instant.
    """

    outcome: Outcome
    instant: datetime | None = None
    shift_id: str | None = None
    rule: str | None = None
    line: str | None = None
    candidates: tuple[str, ...] = ()

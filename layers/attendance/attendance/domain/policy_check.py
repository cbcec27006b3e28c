"""What each policy field must be; contradictions are told by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from attendance.domain.direction import Direction
from attendance.domain.errors import InvalidPolicyError
from attendance.domain.policy_words import (
    DirectionMode,
    HolidayPunches,
    LateAndEarlyStatus,
    LateCountsFrom,
    MissingCheckOut,
    OpenStatus,
    WorkedTime,
)

Check = Callable[[str, Any], Any]
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class _Whole:
    most: int
    nullable: bool = False

    def __call__(self, name: str, value: object) -> int | None:
        if value is None and self.nullable:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= self.most:
            expected = f"a whole number from 0 to {self.most}"
            raise InvalidPolicyError(name, expected + (" or null" if self.nullable else ""))
        return value


def _word(words: type[StrEnum]) -> Check:
    def check(name: str, value: Any) -> StrEnum:
        try:
            return words(value)
        except ValueError:
            raise InvalidPolicyError(name, "one of " + ", ".join(words)) from None

    return check


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidPolicyError(name, "true or false")
    return value


def _code_map(name: str, value: object) -> dict[str, Direction | None]:
    expected = 'an object of punch codes, such as {"0": "in", "1": "out"}'
    if not isinstance(value, Mapping):
        raise InvalidPolicyError(name, expected)
    found: dict[str, Direction | None] = {}
    for code, word in value.items():
        if not (isinstance(code, str) and code.isascii() and code.isdigit() and len(code) <= 3):
            raise InvalidPolicyError(name, expected)
        if word not in (None, *Direction):
            raise InvalidPolicyError(f"{name}.{code}", '"in", "out" or null')
        found[code] = None if word is None else Direction(word)
    return found


CHECKS: Mapping[str, Check] = {
    "lateGraceMinutes": _Whole(DAY_MINUTES, nullable=True),
    "lateCountsFrom": _word(LateCountsFrom),
    "earlyLeaveGraceMinutes": _Whole(DAY_MINUTES, nullable=True),
    "lateAndEarlyStatus": _word(LateAndEarlyStatus),
    "openStatus": _word(OpenStatus),
    "windowBeforeMinutes": _Whole(DAY_MINUTES - 1),
    "windowAfterMinutes": _Whole(DAY_MINUTES - 1),
    "acceptOutAfterWindow": _flag,
    "maxOpenMinutes": _Whole(2 * DAY_MINUTES),
    "directionMode": _word(DirectionMode),
    "punchCodeMap": _code_map,
    "debounceSeconds": _Whole(3600),
    "absentBelowMinutes": _Whole(DAY_MINUTES),
    "halfDayBelowMinutes": _Whole(DAY_MINUTES),
    "workedTime": _word(WorkedTime),
    "countEarlyArrival": _flag,
    "unpaidBreakMinutes": _Whole(DAY_MINUTES),
    "unpaidBreakAfterMinutes": _Whole(DAY_MINUTES),
    "roundingMinutes": _Whole(60),
    "overtimeThresholdMinutes": _Whole(DAY_MINUTES),
    "autoAbsent": _flag,
    "autoAbsentDelayMinutes": _Whole(7 * DAY_MINUTES),
    "missingCheckOut": _word(MissingCheckOut),
    "autoCloseDelayMinutes": _Whole(7 * DAY_MINUTES),
    "holidayPunches": _word(HolidayPunches),
    "maxFutureSkewSeconds": _Whole(7 * DAY_MINUTES * 60),
    "maxBackfillDays": _Whole(3660),
    "correctionReasonRequired": _flag,
}


def check_field(name: str, value: object) -> Any:
    """The value of a policy field as the domain holds it. Raises InvalidPolicyError."""
    return CHECKS[name](name, value)


def most_of(name: str) -> int | None:
    """The greatest number a field may be; None for a field that is no number."""
    check = CHECKS[name]
    return check.most if isinstance(check, _Whole) else None


def check_window(before: int, after: int) -> None:
    """Refuse windows that leave no room for a shift under 24 hours (rules.md section 9)."""
    if before + after >= DAY_MINUTES:
        raise InvalidPolicyError(
            "windowBeforeMinutes",
            "windowBeforeMinutes + shift + windowAfterMinutes under 24 hours "
            f"(the windows alone are {before + after} minutes)",
        )

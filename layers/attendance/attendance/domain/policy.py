"""The policy a company judges by (rules.md section 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from attendance.domain.direction import Direction
from attendance.domain.policy_check import check_field, check_window
from attendance.domain.policy_words import (
    DirectionMode,
    HolidayPunches,
    LateAndEarlyStatus,
    LateCountsFrom,
    MissingCheckOut,
    OpenStatus,
    WorkedTime,
)

DEFAULT_PUNCH_CODE_MAP: Mapping[str, Direction | None] = MappingProxyType(
    {
        "0": Direction.IN,
        "1": Direction.OUT,
        "2": Direction.OUT,
        "3": Direction.IN,
        "4": Direction.IN,
        "5": Direction.OUT,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The knobs of the rules, with their defaults. Units are in the names; a grace of None is off.

    Made and changed through `policy_from` and `changed`, which check every field.
    """

    late_grace_minutes: int | None = 0
    late_counts_from: LateCountsFrom = LateCountsFrom.START
    early_leave_grace_minutes: int | None = 0
    late_and_early_status: LateAndEarlyStatus = LateAndEarlyStatus.LEFT_EARLY
    open_status: OpenStatus = OpenStatus.DECIDED
    window_before_minutes: int = 120
    window_after_minutes: int = 240
    accept_out_after_window: bool = True
    max_open_minutes: int = 960
    direction_mode: DirectionMode = DirectionMode.AUTO
    punch_code_map: Mapping[str, Direction | None] = field(
        default_factory=lambda: DEFAULT_PUNCH_CODE_MAP
    )
    debounce_seconds: int = 60
    absent_below_minutes: int = 0
    half_day_below_minutes: int = 0
    worked_time: WorkedTime = WorkedTime.FIRST_LAST
    count_early_arrival: bool = True
    unpaid_break_minutes: int = 0
    unpaid_break_after_minutes: int = 360
    rounding_minutes: int = 0
    overtime_threshold_minutes: int = 0
    auto_absent: bool = True
    auto_absent_delay_minutes: int = 60
    missing_check_out: MissingCheckOut = MissingCheckOut.CLOSE_AT_SHIFT_END
    auto_close_delay_minutes: int = 60
    holiday_punches: HolidayPunches = HolidayPunches.RECORD
    max_future_skew_seconds: int = 300
    max_backfill_days: int = 45
    correction_reason_required: bool = True

    def changed(self, changes: Mapping[str, object]) -> "Policy":
        """This policy with fields changed, by their JSON names (`lateGraceMinutes`).

        Names the rules do not know are ignored. Raises InvalidPolicyError naming the field and
        what was expected, also for contradictions (a window of 24 hours or more).
        """
        policy = replace(
            self,
            **{
                f.name: check_field(json_name(f.name), changes[json_name(f.name)])
                for f in fields(self)
                if json_name(f.name) in changes
            },
        )
        check_window(policy.window_before_minutes, policy.window_after_minutes)
        return policy

    def as_mapping(self) -> dict[str, Any]:
        """The policy by its JSON names, ready for an answer or a table."""
        values = {json_name(f.name): getattr(self, f.name) for f in fields(self)}
        return values | {"punchCodeMap": dict(self.punch_code_map)}


def json_name(name: str) -> str:
    """The JSON name of a policy field: `late_grace_minutes` → `lateGraceMinutes`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def policy_from(mapping: Mapping[str, object]) -> Policy:
    """The defaults with the given fields changed. Raises InvalidPolicyError."""
    return Policy().changed(mapping)

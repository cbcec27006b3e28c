"""The sentences about worked time, overtime and too few hours (rules.md section 5)."""

from collections.abc import Iterator

from attendance.domain.explanation import Reason
from attendance.domain.findings import Findings
from attendance.domain.policy_words import WorkedTime
from attendance.domain.worked_time import break_minutes, scheduled_minutes

WORKED = {
    WorkedTime.FIRST_LAST: "elapsed time between the ends, less the unpaid break where one is due",
    WorkedTime.PAIRS: "the sum of the time between every in and its out; no break is taken off",
}


def worked(facts: Findings) -> Iterator[Reason]:
    """Worked time and the thresholds by hours."""
    seat, policy = facts.sitting.seat, facts.sitting.seat.policy
    check_in, check_out = facts.times.check_in, facts.check_out
    if check_in is None or check_out is None:
        return
    yield Reason(
        rule="workedTime",
        text=WORKED[policy.worked_time],
        inputs={
            "workedTime": str(policy.worked_time),
            "roundingMinutes": policy.rounding_minutes,
            "countEarlyArrival": policy.count_early_arrival,
            "breakMinutes": break_minutes(seat, check_in, check_out),
            "workedMinutes": facts.worked_minutes,
            "scheduledMinutes": scheduled_minutes(seat),
            "overtimeThresholdMinutes": policy.overtime_threshold_minutes,
            "overtimeMinutes": facts.overtime_minutes,
        },
    )
    if facts.absent_by_hours:
        yield Reason(
            rule="absentBelow",
            text="fewer minutes worked than the policy takes for presence",
            inputs={"absentBelowMinutes": policy.absent_below_minutes},
        )
    if facts.half_day:
        yield Reason(
            rule="halfDay",
            text="fewer minutes worked than the policy takes for a whole day",
            inputs={"halfDayBelowMinutes": policy.half_day_below_minutes},
        )

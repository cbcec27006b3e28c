"""The sentences about times: window, mode, corrections, lateness, early leave, work, status."""

from collections.abc import Iterator

from attendance.domain.decision import Correction
from attendance.domain.explanation import Reason, shown
from attendance.domain.findings import Findings
from attendance.domain.policy_words import DirectionMode, WorkedTime
from attendance.domain.punched_times import mode_in_effect
from attendance.domain.status_mapping import shown_status

MODES = {
    DirectionMode.LABELLED: "check-in is the first IN, check-out the last OUT no IN follows",
    DirectionMode.ALTERNATING: "check-in is the first punch, check-out the last of an even count",
    DirectionMode.FIRST_LAST: "check-in is the first punch, check-out the last of two or more",
}
WORKED = {
    WorkedTime.FIRST_LAST: "elapsed time between the ends, less the unpaid break where one is due",
    WorkedTime.PAIRS: "the sum of the time between every in and its out; no break is taken off",
}


def window(facts: Findings) -> Iterator[Reason]:
    """The window of the shift."""
    seat = facts.sitting.seat
    yield Reason(
        rule="window",
        text="punches from the window's start to its end, both included, may belong to the shift",
        inputs={
            "windowStart": shown(seat.window_start),
            "start": shown(seat.shift.start),
            "end": shown(seat.shift.end),
            "windowEnd": shown(seat.window_end),
        },
    )


def mode(facts: Findings) -> Iterator[Reason]:
    """How check-in and check-out were read."""
    items = facts.sitting.items
    if not items:
        return
    asked = facts.sitting.seat.policy.direction_mode
    used = mode_in_effect(items, asked)
    yield Reason(
        rule="directionMode",
        text=MODES[used],
        inputs={
            "directionMode": str(asked),
            "inEffect": str(used),
            "evidence": [
                {"at": shown(i.instant), "direction": i.direction and str(i.direction)}
                for i in items
            ],
        },
    )


def corrections(facts: Findings) -> Iterator[Reason]:
    """Decisions that stand over the evidence."""
    held = facts.sitting.seat.ruling
    if held.marked_absent:
        yield Reason(
            rule="markedAbsent",
            text="a manager marked the person absent; punches are kept as conflicts",
            inputs={"conflicts": list(facts.sitting.conflicts)},
        )
    if held.corrected:
        yield Reason(
            rule="corrected",
            text="corrected fields win over any punch, earlier or later",
            inputs={"corrections": sum(isinstance(d, Correction) for d in held.decisions)},
        )


def leave(facts: Findings) -> Iterator[Reason]:
    """Leave that moves the effective start or end."""
    shift, effective = facts.sitting.seat.shift, facts.effective
    if effective.wholly_on_leave:
        yield Reason(
            rule="leave",
            text="leave covers the whole shift: neither late nor early, never absent",
            inputs={},
        )
    elif (effective.start, effective.end) != (shift.start, shift.end):
        yield Reason(
            rule="leave",
            text="leave moves the start or the end from which lateness is measured",
            inputs={"start": shown(effective.start), "end": shown(effective.end)},
        )


def lateness(facts: Findings) -> Iterator[Reason]:
    """On time or late."""
    check_in = facts.times.check_in
    if check_in is None:
        return
    late = facts.late_by_minutes > 0
    yield Reason(
        rule="late" if late else "onTime",
        text=_lateness_text(facts),
        inputs={
            "checkIn": shown(check_in),
            "start": shown(facts.effective.start),
            "lateGraceMinutes": facts.sitting.seat.policy.late_grace_minutes,
            "lateCountsFrom": str(facts.sitting.seat.policy.late_counts_from),
            "lateByMinutes": facts.late_by_minutes,
        },
    )


def _lateness_text(facts: Findings) -> str:
    if facts.late_by_minutes > 0:
        return "whole minutes after the start are more than the grace"
    if facts.effective.wholly_on_leave:
        return "leave covers the whole shift, and nobody on leave is late"
    if facts.sitting.seat.policy.late_grace_minutes is None:
        return "the policy sets no grace, and without one nobody is late"
    return "whole minutes after the start are within the grace"


def early_leave(facts: Findings) -> Iterator[Reason]:
    """Left early."""
    if facts.early_leave_minutes > 0:
        yield Reason(
            rule="leftEarly",
            text="whole minutes before the end are more than the grace",
            inputs={
                "checkOut": shown(facts.times.check_out),
                "end": shown(facts.effective.end),
                "earlyLeaveGraceMinutes": facts.sitting.seat.policy.early_leave_grace_minutes,
                "earlyLeaveMinutes": facts.early_leave_minutes,
            },
        )


def worked(facts: Findings) -> Iterator[Reason]:
    """Worked time and the thresholds by hours."""
    policy = facts.sitting.seat.policy
    if facts.times.check_in is None or facts.check_out is None:
        return
    yield Reason(
        rule="workedTime",
        text=WORKED[policy.worked_time],
        inputs={
            "workedTime": str(policy.worked_time),
            "workedMinutes": facts.worked_minutes,
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


def status(facts: Findings) -> Iterator[Reason]:
    """The status that is shown."""
    held = facts.sitting.seat.ruling
    yield Reason(
        rule="status",
        text=(
            "the status a manager decided"
            if held.marked_absent or held.status is not None
            else "the status that check-in, check-out and the sweep lead to"
        ),
        inputs={"status": str(shown_status(facts))},
    )

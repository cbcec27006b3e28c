"""The sentences about times: window, mode, corrections, leave, lateness, early leave."""

from collections.abc import Iterator

from attendance.domain.decision import Correction
from attendance.domain.explanation import Reason, shown
from attendance.domain.findings import Findings
from attendance.domain.policy_words import DirectionMode
from attendance.domain.punched_times import mode_in_effect

MODES = {
    DirectionMode.LABELLED: "check-in is the first IN, check-out the last OUT no IN follows",
    DirectionMode.ALTERNATING: "check-in is the first punch, check-out the last of an even count",
    DirectionMode.FIRST_LAST: "check-in is the first punch, check-out the last of two or more",
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
    """Left early, or not; an automatic check-out is neither."""
    check_out = facts.times.check_out
    if check_out is None:
        return
    yield Reason(
        rule="leftEarly" if facts.early_leave_minutes > 0 else "notEarly",
        text=_early_leave_text(facts),
        inputs={
            "checkOut": shown(check_out),
            "end": shown(facts.effective.end),
            "earlyLeaveGraceMinutes": facts.sitting.seat.policy.early_leave_grace_minutes,
            "earlyLeaveMinutes": facts.early_leave_minutes,
        },
    )


def _early_leave_text(facts: Findings) -> str:
    if facts.early_leave_minutes > 0:
        return "whole minutes before the end are more than the grace"
    if facts.effective.wholly_on_leave:
        return "leave covers the whole shift, and nobody on leave leaves early"
    if facts.sitting.seat.policy.early_leave_grace_minutes is None:
        return "the policy sets no grace, and without one nobody leaves early"
    return "whole minutes before the end are within the grace"

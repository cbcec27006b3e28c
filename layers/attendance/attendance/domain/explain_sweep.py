"""The sentences about the sweep: missing check-out, automatic absence and what held it back."""

from collections.abc import Iterator

from attendance.domain.explanation import Reason, shown
from attendance.domain.findings import Findings
from attendance.domain.sweep import due_of


def missed_check_out(facts: Findings) -> Iterator[Reason]:
    """What the sweep made of a record left open."""
    due = due_of(facts.sitting.seat)
    if facts.missed.missed:
        yield Reason(
            rule="missingCheckOut",
            text="nobody checked out by the time the sweep was due",
            inputs={
                "missingCheckOut": str(facts.sitting.seat.policy.missing_check_out),
                "dueAt": shown(due.auto_close),
                "sweptAt": shown(facts.sitting.swept_at),
                "closedAt": shown(facts.missed.closed_at),
            },
        )


def absence(facts: Findings) -> Iterator[Reason]:
    """An automatic absence, or what holds one back."""
    swept, due = facts.swept, due_of(facts.sitting.seat)
    if swept.absent:
        yield Reason(
            rule="autoAbsent",
            text="there is no evidence and the sweep was due",
            inputs={
                "dueAt": shown(due.auto_absent),
                "sweptAt": shown(facts.sitting.swept_at),
            },
        )
    if swept.awaiting_device is not None:
        yield Reason(
            rule="awaitingDevice",
            text="a terminal of the site has not reported past the window's end",
            inputs={
                "device": swept.awaiting_device,
                "windowEnd": shown(facts.sitting.seat.window_end),
                "noLongerThan": shown(due.hold_over),
            },
        )
    if swept.held_by:
        yield Reason(
            rule="heldByUnmatchedPunch",
            text="a punch near the window belongs to no shift: somebody has to look at it",
            inputs={"punches": list(swept.held_by)},
        )

"""The sentences about the status that is shown (rules.md section 8)."""

from collections.abc import Iterator

from attendance.domain.explanation import Reason, shown
from attendance.domain.findings import Findings
from attendance.domain.status_mapping import shown_status


def holiday(facts: Findings) -> Iterator[Reason]:
    """A holiday excuses whoever does not come; who comes is judged as usual."""
    seat = facts.sitting.seat
    if seat.shift.holiday:
        yield Reason(
            rule="holiday",
            text="the day is a holiday: nobody is absent by itself, and who comes is judged",
            inputs={"holidayPunches": str(seat.policy.holiday_punches)},
        )


def halves(facts: Findings) -> Iterator[Reason]:
    """A record that lacks its check-in or its check-out."""
    if facts.times.check_in is None and facts.check_out is not None:
        yield Reason(
            rule="missingCheckIn",
            text="there is a check-out and no check-in: the record waits for one",
            inputs={"checkOut": shown(facts.check_out)},
        )
    if facts.times.check_in is not None and facts.check_out is None and not facts.missed.missed:
        yield Reason(
            rule="open",
            text="there is no check-out yet: the policy says what is shown so long of who is on "
            "time, and who is late is late at once",
            inputs={"openStatus": str(facts.sitting.seat.policy.open_status)},
        )


def both(facts: Findings) -> Iterator[Reason]:
    """Late and early at once: the policy says which is shown."""
    if facts.late_by_minutes > 0 and facts.early_leave_minutes > 0:
        yield Reason(
            rule="lateAndEarly",
            text="late and early at once: the policy says which is shown, the minutes of both stay",
            inputs={"lateAndEarlyStatus": str(facts.sitting.seat.policy.late_and_early_status)},
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

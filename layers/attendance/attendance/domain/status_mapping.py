"""From facts to the one shown status (rules.md section 8)."""

from attendance.domain.findings import Findings
from attendance.domain.policy_words import LateAndEarlyStatus, OpenStatus
from attendance.domain.status import Status


def shown_status(facts: Findings) -> Status:
    """The status people see: a corrected one, else what the facts say."""
    held = facts.sitting.seat.ruling
    if held.marked_absent:
        return Status.ABSENT
    return held.status or _by_facts(facts)


def _by_facts(facts: Findings) -> Status:
    """The table of section 8, line by line."""
    if facts.swept.absent or facts.missed.absent or facts.absent_by_hours:
        return Status.ABSENT
    if facts.times.check_in is None:
        return Status.PENDING
    late, early = facts.late_by_minutes > 0, facts.early_leave_minutes > 0
    if facts.check_out is None:
        return _open(facts, late=late)
    if late and early:
        return _late_and_early(facts)
    if early:
        return Status.LEFT_EARLY
    return Status.LATE if late else Status.PRESENT


def _open(facts: Findings, *, late: bool) -> Status:
    if late:
        return Status.LATE
    decided = facts.sitting.seat.policy.open_status is OpenStatus.DECIDED
    return Status.PRESENT if decided else Status.PENDING


def _late_and_early(facts: Findings) -> Status:
    says_late = facts.sitting.seat.policy.late_and_early_status is LateAndEarlyStatus.LATE
    return Status.LATE if says_late else Status.LEFT_EARLY

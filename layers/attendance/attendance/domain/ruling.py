"""What the decisions about a shift amount to (rules.md section 7)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from attendance.domain.decision import KEEP, Correction, Decision, Keep, MarkAbsent
from attendance.domain.status import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """The decisions in force: a manual absence, or the fields that corrections hold.

    `check_in`, `check_out` (UTC), `absence_reason` and `manager_note` are KEEP while no decision
    speaks of them; None is a cleared field.
    """

    marked_absent: bool = False
    corrected: bool = False
    check_in: datetime | Keep | None = KEEP
    check_out: datetime | Keep | None = KEEP
    status: Status | None = None
    absence_reason: str | Keep | None = KEEP
    manager_note: str | Keep | None = KEEP
    decisions: tuple[Decision, ...] = ()


def ruling(decisions: Iterable[Decision]) -> Ruling:
    """The decisions about one shift, in the order they were made; the latest word on a field wins.

    A correction lifts a manual absence; a mark-absent takes back what corrections held.
    """
    found = Ruling()
    for decision in sorted(decisions, key=_order_made):
        made = (*found.decisions, decision)
        found = replace(_after(found, decision), decisions=made)
    return found


def _after(before: Ruling, decision: Decision) -> Ruling:
    if isinstance(decision, MarkAbsent):
        return Ruling(
            marked_absent=True,
            absence_reason=decision.absence_reason,
            manager_note=before.manager_note
            if decision.manager_note is None
            else decision.manager_note,
        )
    return Ruling(
        corrected=True,
        check_in=_moment(decision.check_in, before.check_in),
        check_out=_moment(decision.check_out, before.check_out),
        status=before.status if decision.status is KEEP else decision.status,
        absence_reason=_absence_reason(decision, before),
        manager_note=(
            before.manager_note if decision.manager_note is KEEP else decision.manager_note
        ),
    )


def _absence_reason(decision: Correction, before: Ruling) -> str | Keep | None:
    """A correction keeps the reason, unless it lifts the absence the reason was given for."""
    if decision.absence_reason is not KEEP:
        return decision.absence_reason
    lifted = before.marked_absent and decision.status is not Status.ABSENT
    return None if lifted else before.absence_reason


def _moment(word: datetime | Keep | None, before: datetime | Keep | None) -> datetime | Keep | None:
    if word is KEEP:
        return before
    return word.astimezone(UTC) if isinstance(word, datetime) else word


def _order_made(decision: Decision) -> tuple[int, datetime, str]:
    return decision.arrival, decision.decided_at, decision.decision_id

"""From the facts of a shift to its verdict."""

from collections.abc import Iterable

from attendance.domain.action import Action
from attendance.domain.decision import KEEP
from attendance.domain.findings import Findings
from attendance.domain.flags import flags_of
from attendance.domain.status_mapping import shown_status
from attendance.domain.verdict import Details, Verdict


def verdict_of(facts: Findings) -> Verdict | None:
    """The verdict; None without evidence, decision or sweep result: then there is no record."""
    if not _has_record(facts):
        return None
    return Verdict(
        status=shown_status(facts),
        check_in=facts.times.check_in,
        check_out=facts.check_out,
        late_by_minutes=facts.late_by_minutes,
        absence_reason=_absence_reason(facts),
        manager_note=_manager_note(facts),
        details=Details(
            open=facts.times.check_in is not None and facts.check_out is None,
            worked_minutes=facts.worked_minutes,
            overtime_minutes=facts.overtime_minutes,
            early_leave_minutes=facts.early_leave_minutes,
            half_day=facts.half_day,
            flags=flags_of(facts),
            awaiting_device=facts.swept.awaiting_device,
        ),
    )


def _has_record(facts: Findings) -> bool:
    swept = facts.swept.absent or facts.swept.awaiting_device is not None
    return bool(facts.sitting.items or facts.sitting.seat.ruling.decisions or swept)


def _absence_reason(facts: Findings) -> str | None:
    """The decisions' reason, else what a manager said at check-in."""
    held = facts.sitting.seat.ruling.absence_reason
    if held is not KEEP:
        return held
    return _latest(action.absence_reason for action in _actions(facts))


def _manager_note(facts: Findings) -> str | None:
    """The decisions' note, else what a manager said at check-in."""
    held = facts.sitting.seat.ruling.manager_note
    if held is not KEEP:
        return held
    return _latest(action.manager_note for action in _actions(facts))


def _actions(facts: Findings) -> list[Action]:
    return [i.source for i in facts.sitting.items if isinstance(i.source, Action)]


def _latest(said: Iterable[str | None]) -> str | None:
    return next((words for words in reversed(list(said)) if words), None)

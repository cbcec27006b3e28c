"""The records of an answer, as simulate.md shows them."""

from collections.abc import Sequence
from typing import Any

from attendance.domain.explanation import Reason, shown
from attendance.domain.judgement import Judgement
from attendance.domain.verdict import Details, Verdict


def records_of(judged: Judgement, shift_ids: Sequence[str]) -> list[dict[str, Any]]:
    """One record a shift that has one, in the order of the shifts."""
    return [
        _record(shift_id, verdict, judged.explanation(shift_id).rules)
        for shift_id in shift_ids
        if (verdict := judged.verdict(shift_id)) is not None
    ]


def _record(shift_id: str, verdict: Verdict, rules: Sequence[Reason]) -> dict[str, Any]:
    return {
        "shiftId": shift_id,
        "status": str(verdict.status),
        "status_idx": verdict.status_idx,
        "lateByMinutes": verdict.late_by_minutes,
        "checkInTime": shown(verdict.check_in),
        "checkOutTime": shown(verdict.check_out),
        "details": _details(verdict.details),
        "explain": [{"rule": r.rule, "text": r.text, "inputs": dict(r.inputs)} for r in rules],
    }


def _details(details: Details) -> dict[str, Any]:
    return {
        "open": details.open,
        "workedMinutes": details.worked_minutes,
        "overtimeMinutes": details.overtime_minutes,
        "earlyLeaveMinutes": details.early_leave_minutes,
        "halfDay": details.half_day,
        "flags": [str(flag) for flag in details.flags],
    }

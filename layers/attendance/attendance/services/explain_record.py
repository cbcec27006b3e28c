"""Why a record says what it says (rest-api.md section 4, `explain`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attendance.domain.explanation import Explanation, PunchNote
from attendance.domain.judge import judge
from attendance.model.punch import StoredPunch
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.build_case import build_case
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.get_record import get_record
from attendance.services.payroll_closing import closing_of
from attendance.services.present_punch import present_punch
from attendance.services.seat_evidence import decision_to_json
from attendance.times import optional_to_iso, to_iso

_MANAGERS_ONLY = ("managerNote",)


def explain_record(parts: Runtime, session: Session, record_id: str) -> dict[str, Any]:
    """The rules in the order they spoke, the punches used and ignored, and who decided what.

    Judged afresh from all that is stored. A manager's note is not told to an employee. Raises
    NotFoundError or NotAuthorizedError.
    """
    session.require("attendance.explain")
    seat = get_record(parts, session, record_id)
    facts = load_company_facts(parts.directory, session.company)
    day = seat.shift.shift_date
    bundle = build_case(parts, facts, seat.user_id, day, day)
    if not seat.assigned:
        return _empty("The person is no longer assigned to this shift.")
    found = judge(bundle.case).explanation(seat.shift.shift_id)
    told = _present(found, bundle.punches, manages=session.may("attendance.manage"))
    return {**told, "rules": [*_closed(facts, day), *told["rules"]]}


def _closed(facts: CompanyFacts, day: date) -> list[dict[str, Any]]:
    closing = closing_of(facts.closings, day)
    if closing is None:
        return []
    text = "Payroll is closed for this day: the record stays, whatever the rules below say now."
    inputs = {"closedThrough": closing.through.isoformat(), "closedAt": to_iso(closing.at)}
    return [{"rule": "periodClosed", "text": text, "inputs": inputs}]


def _empty(text: str) -> dict[str, Any]:
    return {
        "rules": [{"rule": "notAssigned", "text": text, "inputs": {}}],
        "punches": {"used": [], "ignored": []},
        "candidates": {},
        "policyVersion": 0,
        "decisions": [],
    }


def _present(
    found: Explanation, punches: Mapping[str, StoredPunch], *, manages: bool
) -> dict[str, Any]:
    return {
        "rules": [{"rule": r.rule, "text": r.text, "inputs": dict(r.inputs)} for r in found.rules],
        "punches": {
            "used": [_punch(note, punches) for note in found.used],
            "ignored": [
                {**_punch(note, punches), "reason": note.outcome.value} for note in found.ignored
            ],
        },
        "candidates": {key: list(shifts) for key, shifts in found.candidates.items()},
        "policyVersion": found.policy_version,
        "decisions": [_decision(decision_to_json(d), manages) for d in found.decisions],
    }


def _punch(note: PunchNote, punches: Mapping[str, StoredPunch]) -> dict[str, Any]:
    punch = punches.get(note.punch_id)
    evidence = present_punch(punch) if punch else {"id": note.punch_id}
    return {**evidence, "instant": optional_to_iso(note.instant), "rule": note.rule}


def _decision(kept: dict[str, Any], manages: bool) -> dict[str, Any]:
    told = {k: v for k, v in kept["set"].items() if manages or k not in _MANAGERS_ONLY}
    return {**kept, "set": told}

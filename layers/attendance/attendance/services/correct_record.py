"""Correct a record, with a reason (rest-api.md section 4, rules.md section 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from attendance.domain.decision import Correction
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_decision import refuse_correction
from attendance.errors import invalid_field
from attendance.identity import new_id
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.change_seat import Addition, change_seat
from attendance.services.check_in import CLOCK_TOLERANCE
from attendance.services.get_record import get_record
from attendance.services.settle_verdict import Occasion

_JSON_NAMES = {"check_in": "checkInTime", "check_out": "checkOutTime"}


@dataclass(frozen=True, kw_only=True)
class CorrectRecord:
    """What to correct: `changes` holds only the fields the manager spoke about.

    Keys are those of `Correction` (check_in, check_out, status, absence_reason, manager_note);
    times are UTC, None clears a field. `record_version` is the version the manager saw.
    """

    record_id: str
    record_version: int
    reason: str | None
    changes: Mapping[str, Any]


def correct_record(
    parts: Runtime, session: Session, command: CorrectRecord, *, request_id: str
) -> Seat:
    """Record the decision and judge it at once; corrected fields win over any punch.

    Raises NotFoundError, NotAuthorizedError, InvalidError, or ConflictError when the record is
    no longer at the version the manager saw.
    """
    seat = get_record(parts, session, command.record_id)
    session.require("attendance.correct")
    now = parts.now()
    _check_times(command.changes, now)
    correction = Correction(
        decision_id=new_id(),
        shift_id=seat.shift.shift_id,
        decided_at=now,
        actor=f"user:{session.user_id}",
        reason=command.reason,
        arrival=len(seat.decisions),
        **command.changes,
    )

    def refuse(judgement: Judgement, present: Seat) -> Refusal | None:
        stale = present.record_version != command.record_version
        return refuse_correction(judgement, correction, by_manager=True, stale=stale)

    occasion = Occasion(
        actor=f"user:{session.user_id}", request_id=request_id, now=now, decided=True
    )
    addition = Addition(decisions=(correction,), refuse=refuse)
    return change_seat(parts, session.company, seat.key, addition, occasion)


def _check_times(changes: Mapping[str, Any], now: datetime) -> None:
    for name, json_name in _JSON_NAMES.items():
        instant = changes.get(name)
        if instant is not None and instant > now + CLOCK_TOLERANCE:
            raise invalid_field(json_name, "a time that is not in the future")

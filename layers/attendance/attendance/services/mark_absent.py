"""Mark a person absent for a shift (rest-api.md section 4, rules.md section 7)."""

from dataclasses import dataclass
from datetime import datetime

from attendance.domain.decision import MarkAbsent as MarkAbsentDecision
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_decision import refuse_mark_absent
from attendance.errors import NotAuthorizedError
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.attempt import ALONE, Attempt
from attendance.services.change_lone_seat import change_empty_seat
from attendance.services.change_seat import Addition, change_seat
from attendance.services.find_shift import seat_key_of
from attendance.services.own_evidence import seat_of_attempt
from attendance.services.settle_verdict import Occasion


@dataclass(frozen=True, kw_only=True)
class MarkAbsent:
    """A manager's word that a person was absent.

    `ignored` names the fields the client sent and the server decides itself.
    """

    user_id: str
    shift_id: str
    absence_reason: str | None
    manager_note: str | None
    ignored: tuple[str, ...] = ()


def mark_absent(
    parts: Runtime,
    session: Session,
    command: MarkAbsent,
    *,
    request_id: str,
    attempt: Attempt = ALONE,
) -> Seat:
    """Record the decision and judge it at once; makes the record if there is none.

    A manager's to do, and never for himself as an employee. What an earlier attempt committed
    is given as it is now. Raises NotAuthorizedError, NotFoundError, InvalidError, or
    ConflictError when the person was there.
    """
    session.require("attendance.markAbsent")
    if not session.may("attendance.manage"):
        raise NotAuthorizedError("Only a manager may mark somebody absent.")
    now = parts.now()
    decision = _decision(session, command, attempt, now)

    def refuse(judgement: Judgement, _seat: Seat) -> Refusal | None:
        return refuse_mark_absent(judgement, command.shift_id, by_manager=True)

    addition = Addition(decisions=(decision,), refuse=refuse)
    occasion = Occasion(
        actor=f"user:{session.user_id}", request_id=request_id, now=now, decided=True
    )
    company, place = session.company, (command.user_id, command.shift_id)
    seat = seat_of_attempt(parts, company, place, attempt, decision.decision_id)
    if seat is not None:
        return seat
    seat = change_empty_seat(parts, company, place, addition, occasion)
    if seat is not None:
        return seat
    key = seat_key_of(parts.directory, company, *place)
    return change_seat(parts, company, key, addition, occasion)


def _decision(
    session: Session, command: MarkAbsent, attempt: Attempt, now: datetime
) -> MarkAbsentDecision:
    return MarkAbsentDecision(
        decision_id=attempt.new_id("absence"),
        shift_id=command.shift_id,
        decided_at=now,
        actor=f"user:{session.user_id}",
        absence_reason=command.absence_reason,
        manager_note=command.manager_note,
    )

"""Check out of a shift (rest-api.md section 4, rules.md section 7)."""

from dataclasses import dataclass, replace
from datetime import datetime

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_action import refuse_check_out
from attendance.errors import NotAuthorizedError, NotFoundError, invalid_field
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.record_id import RecordKey, decode_record_id
from attendance.runtime import Runtime
from attendance.services.attempt import ALONE, Attempt
from attendance.services.change_lone_seat import change_lone_seat
from attendance.services.change_seat import Addition, change_seat
from attendance.services.check_in import CLOCK_TOLERANCE
from attendance.services.check_out_unread import check_out_unread
from attendance.services.own_evidence import seat_with_evidence
from attendance.services.remembered import is_active
from attendance.services.settle_verdict import Occasion


@dataclass(frozen=True, kw_only=True)
class CheckOut:
    """A request to check out; `at` is UTC, None is now.

    `ignored` names the fields the client sent and the server decides itself.
    """

    record_id: str
    at: datetime | None
    ignored: tuple[str, ...] = ()


def check_out(
    parts: Runtime,
    session: Session,
    command: CheckOut,
    *,
    request_id: str,
    attempt: Attempt = ALONE,
) -> Seat:
    """Record a check-out and judge it at once.

    Own record only; a manager any of the company, at any past time. What an earlier attempt
    committed is given as it is now. Raises NotFoundError for an id that leads nowhere,
    NotAuthorizedError, InvalidError or ConflictError.
    """
    now = parts.now()
    key = decode_record_id(command.record_id)
    if key is None:
        raise _no_such_record()
    occasion = Occasion(actor=f"user:{session.user_id}", request_id=request_id, now=now)
    action = Action(
        action_id=attempt.new_id("departure"),
        shift_id=key.shift_id,
        direction=Direction.OUT,
        instant=command.at or now,
        actor=occasion.actor,
        arrival=1,
    )
    if _may_check_out(session, key):
        seat = _quickly(parts, session, key, action, occasion, attempt)
        if seat is not None:
            return seat
    return _check_out_read(parts, session, key, action, occasion)


def _quickly(
    parts: Runtime,
    session: Session,
    key: RecordKey,
    action: Action,
    occasion: Occasion,
    attempt: Attempt,
) -> Seat | None:
    """An earlier attempt's check-out, or one in a single write; None when it takes a look.

    It does for a time long past: the person may have come in again since.
    """
    company = session.company
    if attempt.is_repeat:
        seat = seat_with_evidence(parts, company, key, action.action_id)
        if seat is not None:
            return seat
    in_time = _is_in_time(session, action.instant, occasion.now)
    if occasion.now - action.instant > CLOCK_TOLERANCE:
        return None
    if not in_time or not is_active(parts.directory, session, key.user_id):
        return None
    return check_out_unread(parts, company, key, action, occasion)


def _no_such_record() -> NotFoundError:
    return NotFoundError("There is no such attendance record.")


def _may_check_out(session: Session, key: RecordKey) -> bool:
    own = key.user_id == session.user_id
    return (own or session.may("attendance.manage")) and session.may("attendance.checkOut")


def _check_out_read(
    parts: Runtime, session: Session, key: RecordKey, action: Action, occasion: Occasion
) -> Seat:
    seat = parts.seats.get(session.company, key)
    if seat is None or seat.verdict is None:
        raise _no_such_record()
    if seat.user_id != session.user_id and not session.may("attendance.manage"):
        raise NotAuthorizedError("Only a manager may check out somebody else.")
    session.require("attendance.checkOut")
    if not _is_in_time(session, action.instant, occasion.now):
        raise invalid_field("checkOutTime", _expected(session))
    last = replace(action, arrival=len(seat.actions))

    def refuse(judgement: Judgement, _seat: Seat) -> Refusal | None:
        return refuse_check_out(judgement, key.shift_id, action.instant)

    addition = Addition(actions=(last,), refuse=refuse)
    if is_active(parts.directory, session, key.user_id):
        after = change_lone_seat(parts, seat, addition, occasion)
        if after is not None:
            return after
    return change_seat(parts, session.company, key, addition, occasion)


def _is_in_time(session: Session, at: datetime, now: datetime) -> bool:
    if not session.may("attendance.manage") and abs(at - now) > CLOCK_TOLERANCE:
        return False
    return at <= now + CLOCK_TOLERANCE


def _expected(session: Session) -> str:
    if session.may("attendance.manage"):
        return "a time that is not in the future"
    return "a time within 5 minutes of the server's clock"

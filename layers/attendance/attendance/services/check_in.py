"""Check in for a shift (rest-api.md section 4, rules.md section 7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_action import refuse_check_in
from attendance.errors import NotAuthorizedError, invalid_field
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.attempt import ALONE, Attempt
from attendance.services.change_lone_seat import change_empty_seat
from attendance.services.change_seat import Addition, change_seat
from attendance.services.find_shift import seat_key_of
from attendance.services.own_evidence import seat_of_attempt
from attendance.services.refusals import refused
from attendance.services.remembered import is_active
from attendance.services.settle_verdict import Occasion

CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """A request to check in; times are UTC, `at` None is now.

    `ignored` names the fields the client sent and the server decides itself.
    """

    shift_id: str
    user_id: str
    at: datetime | None
    check_out_at: datetime | None
    absence_reason: str | None
    manager_note: str | None
    ignored: tuple[str, ...] = ()


def check_in(
    parts: Runtime,
    session: Session,
    command: CheckIn,
    *,
    request_id: str,
    attempt: Attempt = ALONE,
) -> Seat:
    """Record a check-in and judge it at once.

    An employee checks in himself, now; a manager anyone, at any past time, and may give both
    times. What an earlier attempt committed is given as it is now. Raises NotAuthorizedError,
    InvalidError, NotFoundError or ConflictError.
    """
    now = parts.now()
    at = command.at or now
    manages = session.may("attendance.manage")
    if not manages and command.user_id != session.user_id:
        raise NotAuthorizedError("Only a manager may check in somebody else.")
    session.require("attendance.checkIn")
    company, place = session.company, (command.user_id, command.shift_id)
    actions = _actions(session, command, attempt, at, manages=manages)
    seat = seat_of_attempt(parts, company, place, attempt, actions[0].action_id)
    if seat is not None:
        return seat
    check_times(at, command.check_out_at, now, manages=manages)
    any_time = manages and command.at is not None

    def refuse(judgement: Judgement, _seat: Seat) -> Refusal | None:
        return refuse_check_in(judgement, command.shift_id, at, any_time=any_time)

    addition = Addition(actions=actions, refuse=refuse)
    occasion = Occasion(actor=f"user:{session.user_id}", request_id=request_id, now=now)
    if is_active(parts.directory, session, command.user_id):
        seat = change_empty_seat(parts, company, place, addition, occasion)
        if seat is not None:
            return seat
    key = seat_key_of(parts.directory, company, *place)
    return change_seat(parts, company, key, addition, occasion)


def check_times(
    at: datetime, check_out_at: datetime | None, now: datetime, *, manages: bool
) -> None:
    """A client's times against the server's clock (rest-api.md section 4)."""
    if not manages and abs(at - now) > CLOCK_TOLERANCE:
        raise invalid_field("checkInTime", "a time within 5 minutes of the server's clock")
    if at > now + CLOCK_TOLERANCE:
        raise invalid_field("checkInTime", "a time that is not in the future")
    if check_out_at is None:
        return
    if not manages:
        raise NotAuthorizedError("Only a manager may give both times at once.")
    if check_out_at > now + CLOCK_TOLERANCE:
        raise invalid_field("checkOutTime", "a time that is not in the future")
    if check_out_at < at:
        raise refused(Refusal.CHECKOUT_BEFORE_CHECKIN)


def _actions(
    session: Session, command: CheckIn, attempt: Attempt, at: datetime, *, manages: bool
) -> tuple[Action, ...]:
    actor = f"user:{session.user_id}"
    arrival = Action(
        action_id=attempt.new_id("arrival"),
        shift_id=command.shift_id,
        direction=Direction.IN,
        instant=at,
        actor=actor,
        absence_reason=command.absence_reason if manages else None,
        manager_note=command.manager_note if manages else None,
    )
    if command.check_out_at is None:
        return (arrival,)
    departure = Action(
        action_id=attempt.new_id("departure"),
        shift_id=command.shift_id,
        direction=Direction.OUT,
        instant=command.check_out_at,
        actor=actor,
        arrival=1,
    )
    return arrival, departure

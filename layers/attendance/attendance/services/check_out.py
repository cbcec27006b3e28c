"""Check out of a shift (rest-api.md section 4, rules.md section 7)."""

from dataclasses import dataclass
from datetime import datetime

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_action import refuse_check_out
from attendance.errors import NotAuthorizedError, NotFoundError, invalid_field
from attendance.identity import new_id
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.record_id import decode_record_id
from attendance.runtime import Runtime
from attendance.services.change_lone_seat import change_lone_seat
from attendance.services.change_seat import Addition, change_seat
from attendance.services.check_in import CLOCK_TOLERANCE
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


def check_out(parts: Runtime, session: Session, command: CheckOut, *, request_id: str) -> Seat:
    """Record a check-out and judge it at once.

    Own record only; a manager any of the company, at any past time. Raises NotFoundError for an
    id that leads nowhere, NotAuthorizedError, InvalidError or ConflictError.
    """
    now = parts.now()
    key = decode_record_id(command.record_id)
    seat = None if key is None else parts.seats.get(session.company, key)
    if key is None or seat is None or seat.verdict is None:
        raise NotFoundError("There is no such attendance record.")
    manages = session.may("attendance.manage")
    if not manages and seat.user_id != session.user_id:
        raise NotAuthorizedError("Only a manager may check out somebody else.")
    session.require("attendance.checkOut")
    at = command.at or now
    _check_time(at, now, manages=manages)
    action = Action(
        action_id=new_id(),
        shift_id=key.shift_id,
        direction=Direction.OUT,
        instant=at,
        actor=f"user:{session.user_id}",
        arrival=len(seat.actions),
    )

    def refuse(judgement: Judgement, _seat: Seat) -> Refusal | None:
        return refuse_check_out(judgement, key.shift_id, at)

    occasion = Occasion(actor=f"user:{session.user_id}", request_id=request_id, now=now)
    addition = Addition(actions=(action,), refuse=refuse)
    if is_active(parts.directory, session, key.user_id):
        after = change_lone_seat(parts, seat, addition, occasion)
        if after is not None:
            return after
    return change_seat(parts, session.company, key, addition, occasion)


def _check_time(at: datetime, now: datetime, *, manages: bool) -> None:
    if not manages and abs(at - now) > CLOCK_TOLERANCE:
        raise invalid_field("checkOutTime", "a time within 5 minutes of the server's clock")
    if at > now + CLOCK_TOLERANCE:
        raise invalid_field("checkOutTime", "a time that is not in the future")

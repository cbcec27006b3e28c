"""When an API check-in or check-out is refused (rules.md section 7, in its order)."""

from dataclasses import replace
from datetime import datetime

from attendance.domain.action import Action
from attendance.domain.decision import KEEP
from attendance.domain.direction import Direction
from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.seat import Seat, seat_of
from attendance.domain.verdict import Flag, Verdict


def refuse_check_in(
    judgement: Judgement, shift_id: str, at: datetime, *, any_time: bool = False
) -> Refusal | None:
    """Why a check-in at an instant (UTC) is refused, or None.

    `judgement` is of all that is known now. `any_time` is for a manager who gives a past time
    (rest-api.md section 4): window and shift end are then not asked.
    """
    seat = seat_in(judgement, shift_id)
    refused = refuse_person(judgement, seat)
    if refused is not None or seat is None:
        return refused
    verdict = judgement.verdict(shift_id)
    if verdict is not None and verdict.check_in is not None:
        return Refusal.ALREADY_CHECKED_IN
    return None if any_time else _out_of_time(seat, at)


def refuse_check_out(judgement: Judgement, shift_id: str, at: datetime) -> Refusal | None:
    """Why a check-out at an instant (UTC) is refused, or None; an auto-close does not count."""
    seat = seat_in(judgement, shift_id)
    refused = refuse_person(judgement, seat)
    if refused is not None or seat is None:
        return refused
    verdict = judgement.verdict(shift_id)
    if verdict is None or verdict.check_in is None:
        return Refusal.NOT_CHECKED_IN
    if checked_out(verdict) is not None:
        return Refusal.ALREADY_CHECKED_OUT
    if at < verdict.check_in or _is_before_a_return(judgement, seat, at):
        return Refusal.CHECKOUT_BEFORE_CHECKIN
    return Refusal.SHIFT_CLOSED if _too_late_to_close(seat, verdict.check_in, at) else None


def refuse_person(judgement: Judgement, seat: Seat | None) -> Refusal | None:
    """The checks every action begins with: user known, active, assigned, not marked absent."""
    person = judgement.case.person
    if not person.known:
        return Refusal.USER_NOT_FOUND
    if not person.active:
        return Refusal.USER_INACTIVE
    if seat is None:
        return Refusal.NOT_ASSIGNED
    return Refusal.MARKED_ABSENT if seat.ruling.marked_absent else None


def seat_in(judgement: Judgement, shift_id: str) -> Seat | None:
    """The person's seat on a shift of the case, None when not assigned."""
    case = judgement.case
    shift = next((s for s in case.shifts if s.shift_id == shift_id), None)
    if shift is None:
        return None
    decisions = [d for d in case.decisions if d.shift_id == shift_id]
    return seat_of(shift, case.policies, decisions)


def checked_out(verdict: Verdict) -> datetime | None:
    """The true check-out (UTC) of a record, not an automatic one."""
    return None if Flag.AUTO_CLOSED in verdict.details.flags else verdict.check_out


def _out_of_time(seat: Seat, at: datetime) -> Refusal | None:
    if at < seat.window_start:
        return Refusal.TOO_EARLY
    return Refusal.SHIFT_ENDED if at >= seat.shift.end else None


def _is_before_a_return(judgement: Judgement, seat: Seat, at: datetime) -> bool:
    """Whether the person came in again later: then such a check-out closes nothing (section 3)."""
    case, shift_id = judgement.case, seat.shift.shift_id
    if seat.ruling.check_out is not KEEP:
        return False
    leaving = Action(
        action_id="",
        shift_id=shift_id,
        direction=Direction.OUT,
        instant=at,
        arrival=len(case.actions),
    )
    verdict = judge(replace(case, actions=(*case.actions, leaving))).verdict(shift_id)
    return verdict is None or checked_out(verdict) is None


def _too_late_to_close(seat: Seat, check_in: datetime, at: datetime) -> bool:
    minutes = (at - check_in).total_seconds() / 60
    return at > seat.window_end and minutes > seat.policy.max_open_minutes

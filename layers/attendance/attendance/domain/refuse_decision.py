"""When a manager's decision is refused (rules.md section 7, in its order)."""

from datetime import datetime

from attendance.domain.decision import KEEP, Correction, Keep
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_action import checked_out, seat_in


def refuse_mark_absent(judgement: Judgement, shift_id: str, *, by_manager: bool) -> Refusal | None:
    """Why a mark-absent is refused, or None. A record with any time is corrected instead."""
    if not by_manager:
        return Refusal.FORBIDDEN
    if not judgement.case.person.known:
        return Refusal.USER_NOT_FOUND
    if seat_in(judgement, shift_id) is None:
        return Refusal.NOT_ASSIGNED
    verdict = judgement.verdict(shift_id)
    if verdict is not None and (verdict.check_in or verdict.check_out):
        return Refusal.ALREADY_CHECKED_IN
    return None


def refuse_correction(
    judgement: Judgement, correction: Correction, *, by_manager: bool, stale: bool
) -> Refusal | None:
    """Why a correction is refused, or None; refused, it changes nothing.

    `stale` tells that the record's version is no longer the one the manager saw.
    """
    if not by_manager:
        return Refusal.FORBIDDEN
    if not judgement.case.person.known:
        return Refusal.USER_NOT_FOUND
    seat = seat_in(judgement, correction.shift_id)
    if seat is None:
        return Refusal.NOT_ASSIGNED
    reason = (correction.reason or "").strip()
    if seat.policy.correction_reason_required and not reason:
        return Refusal.REASON_REQUIRED
    if stale:
        return Refusal.VERSION_CONFLICT
    return Refusal.CHECKOUT_BEFORE_CHECKIN if _out_before_in(judgement, correction) else None


def _out_before_in(judgement: Judgement, correction: Correction) -> bool:
    """Whether the record would show a check-out before its check-in; equal is allowed."""
    verdict = judgement.verdict(correction.shift_id)
    was_in = verdict.check_in if verdict else None
    was_out = checked_out(verdict) if verdict else None
    check_in = _after(correction.check_in, was_in)
    check_out = _after(correction.check_out, was_out)
    return check_in is not None and check_out is not None and check_out < check_in


def _after(word: datetime | Keep | None, before: datetime | None) -> datetime | None:
    return before if word is KEEP else word

"""The rules' refusals as the errors of the REST API (simulate.md, rest-api.md section 3)."""

from collections.abc import Callable
from functools import partial

from attendance.domain.refusal import Refusal
from attendance.errors import (
    AttendanceError,
    ConflictError,
    InvalidError,
    NotAuthorizedError,
    NotFoundError,
)

_ERRORS: dict[Refusal, Callable[[], AttendanceError]] = {
    Refusal.USER_NOT_FOUND: partial(NotFoundError, "There is no such user.", "userNotFound"),
    Refusal.USER_INACTIVE: partial(InvalidError, "userInactive", "The person is not active."),
    Refusal.NOT_ASSIGNED: partial(
        InvalidError, "notAssigned", "The person is not assigned to this shift."
    ),
    Refusal.TOO_EARLY: partial(
        InvalidError, "tooEarly", "The shift's check-in window has not begun."
    ),
    Refusal.SHIFT_ENDED: partial(InvalidError, "shiftEnded", "The shift has ended."),
    Refusal.SHIFT_CLOSED: partial(
        InvalidError, "shiftClosed", "The shift's window is over; ask a manager to correct it."
    ),
    Refusal.CHECKOUT_BEFORE_CHECKIN: partial(
        InvalidError, "checkoutBeforeCheckin", "checkOutTime: expected a time after the check-in."
    ),
    Refusal.REASON_REQUIRED: partial(
        InvalidError, "reasonRequired", "reason: expected why the record is corrected."
    ),
    Refusal.INVALID_SHIFT: partial(InvalidError, "invalidShift", "The shift is impossible."),
    Refusal.FORBIDDEN: partial(NotAuthorizedError, "This is a manager's to decide."),
    Refusal.ALREADY_CHECKED_IN: partial(
        ConflictError, "alreadyCheckedIn", "The person has checked in for this shift already."
    ),
    Refusal.ALREADY_CHECKED_OUT: partial(
        ConflictError, "alreadyCheckedOut", "The person has checked out of this shift already."
    ),
    Refusal.NOT_CHECKED_IN: partial(
        ConflictError, "notCheckedIn", "The person has not checked in for this shift."
    ),
    Refusal.MARKED_ABSENT: partial(
        ConflictError, "markedAbsent", "The person has been marked absent for this shift."
    ),
    Refusal.VERSION_CONFLICT: partial(
        ConflictError, "versionConflict", "The record has changed meanwhile; read it again."
    ),
    Refusal.SHIFT_OVERLAP: partial(
        ConflictError, "shiftOverlap", "The person has another shift at that time."
    ),
}


def refused(refusal: Refusal) -> AttendanceError:
    """The error that a refusal is answered with."""
    return _ERRORS[refusal]()

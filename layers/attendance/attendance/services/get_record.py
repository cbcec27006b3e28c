"""Read one attendance record."""

from attendance.errors import NotAuthorizedError, NotFoundError
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.record_id import decode_record_id
from attendance.runtime import Runtime


def get_record(parts: Runtime, session: Session, record_id: str) -> Seat:
    """The seat of a record, consistently read; also of one that left the lists.

    Raises NotFoundError for a malformed id, no record yet, or a record of another company, and
    NotAuthorizedError for a colleague's record (rest-api.md sections 3 and 4).
    """
    session.require("attendance.read")
    key = decode_record_id(record_id)
    seat = None if key is None else parts.seats.get(session.company, key)
    if seat is None or seat.verdict is None:
        raise NotFoundError("There is no such attendance record.")
    if seat.user_id != session.user_id and not session.may("attendance.manage"):
        raise NotAuthorizedError("Employees see their own records only.")
    return seat

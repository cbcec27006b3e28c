"""From a shift's id to the place of a person's seat on it."""

from datetime import date

from attendance.domain.refusal import Refusal
from attendance.identity import CompanyId
from attendance.record_id import RecordKey
from attendance.services.refusals import refused
from attendance.services.stores import DirectoryPort


def seat_key_of(
    directory: DirectoryPort, company: CompanyId, user_id: str, shift_id: str
) -> RecordKey:
    """The key of a person's seat.

    Raises NotFoundError for an unknown person, and `notAssigned` for a shift that is not there:
    nobody is assigned to it.
    """
    shift = directory.member(company, "SHIFT", shift_id)
    if directory.user(company, user_id) is None:
        raise refused(Refusal.USER_NOT_FOUND)
    if shift is None or not shift.is_active:
        raise refused(Refusal.NOT_ASSIGNED)
    day = date.fromisoformat(shift.body["shiftDate"])
    return RecordKey(user_id=user_id, shift_date=day, shift_id=shift_id)

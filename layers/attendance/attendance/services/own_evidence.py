"""Evidence that an earlier attempt of the same request put on a seat."""

from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.record_id import RecordKey
from attendance.runtime import Runtime
from attendance.services.attempt import Attempt
from attendance.services.find_shift import seat_key_of
from attendance.services.seat_evidence import holds_evidence


def seat_of_attempt(
    parts: Runtime, company: CompanyId, place: tuple[str, str], attempt: Attempt, evidence_id: str
) -> Seat | None:
    """As `seat_with_evidence`, for a `place` (person, shift); None at a first attempt.

    Raises NotFoundError or InvalidError for a place that is not there.
    """
    if not attempt.is_repeat:
        return None
    key = seat_key_of(parts.directory, company, *place)
    return seat_with_evidence(parts, company, key, evidence_id)


def seat_with_evidence(
    parts: Runtime, company: CompanyId, key: RecordKey, evidence_id: str
) -> Seat | None:
    """The seat of a record that holds an action or a decision of this id, as it is now."""
    seat = parts.seats.get(company, key)
    if seat is None or seat.verdict is None:
        return None
    return seat if holds_evidence(seat, {evidence_id}) else None

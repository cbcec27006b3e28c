"""The attendance record as clients see it (rest-api.md section 2)."""

from collections.abc import Sequence
from typing import Any

from attendance.domain.status import Status
from attendance.model.seat import Seat, StoredVerdict
from attendance.model.session import Session
from attendance.times import optional_to_iso


def present_record(
    seat: Seat, session: Session, *, joins: bool = False, ignored: Sequence[str] = ()
) -> dict[str, Any]:
    """Exactly the document's keys, `details`, and with `joins` the `user` and `shift` objects.

    `managerNote` is null unless the session may manage. `ignored` are the names of client fields
    that the server decided itself, told in `details.ignored`. The seat must hold a record.
    """
    record = record_json(seat)
    if not session.may("attendance.manage"):
        record["managerNote"] = None
    if ignored:
        record["details"] = {**record["details"], "ignored": list(ignored)}
    return record | (present_joins(seat) if joins else {})


def record_json(seat: Seat) -> dict[str, Any]:
    """The record's public keys and `details`, for readers who may see all of it (events.md)."""
    verdict = _verdict(seat)
    return {
        "id": seat.record_id,
        "userId": seat.user_id,
        "shiftId": seat.shift.shift_id,
        "checkInTime": optional_to_iso(verdict.check_in),
        "checkOutTime": optional_to_iso(verdict.check_out),
        "status": verdict.status,
        "status_idx": Status(verdict.status).idx,
        "lateByMinutes": int(verdict.late_by_minutes),
        "absenceReason": verdict.absence_reason,
        "managerNote": verdict.manager_note,
        "companyId": seat.company_id,
        "isActive": verdict.is_active,
        "recordVersion": int(seat.record_version),
        "createdAt": optional_to_iso(seat.created_at),
        "updatedAt": optional_to_iso(seat.updated_at),
        "_owner": seat.user_id,
        "details": {**verdict.details, "timezone": seat.shift.timezone},
    }


def present_joins(seat: Seat) -> dict[str, Any]:
    """The person and the shift as they were copied into the seat."""
    shift = seat.shift
    return {
        "user": {
            "email": seat.user.email,
            "fullname": seat.user.fullname,
            "avatar": seat.user.avatar,
        },
        "shift": {
            "shiftDate": shift.shift_date.isoformat(),
            "startTime": shift.start_time,
            "endTime": shift.end_time,
            "location": shift.location,
            "departmentId": shift.department_id,
        },
    }


def _verdict(seat: Seat) -> StoredVerdict:
    if seat.verdict is None:
        raise ValueError(f"there is no record in seat {seat.record_id}")
    return seat.verdict


UI_PERMISSIONS = (
    "attendance.checkIn",
    "attendance.checkOut",
    "attendance.markAbsent",
    "attendance.correct",
    "attendance.manage",
    "attendance.history",
    "attendance.explain",
)


def record_permissions(session: Session) -> list[str]:
    """What the session may do with records, for `uiPermissions`."""
    return [name for name in UI_PERMISSIONS if session.may(name)]

"""The company's punches as ingested, in the shape that terminals' readers know (punches.md)."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from attendance.adapters.punch_list import PunchList, position_of
from attendance.model.punch import StoredPunch
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.device_health import read_device_health
from attendance.services.punch_cursor import read_cursor, write_cursor


@dataclass(frozen=True, kw_only=True)
class ReadAttendanceAll:
    """`number` is a device number, `day` is `YYYY-MM-DD` of wall time, `after` a cursor."""

    number: str | None
    day: str | None
    limit: int
    after: str | None


def read_attendance_all(
    parts: Runtime, session: Session, command: ReadAttendanceAll
) -> dict[str, Any]:
    """The whole answer, newest punch first; an employee's holds his own numbers only.

    Raises InvalidError for a cursor of another list.
    """
    session.require("punches.read")
    numbers = _visible_numbers(session, command.number)
    bound_to = [str(session.company), command.day, sorted(numbers) if numbers is not None else None]
    after = None if command.after is None else read_cursor(command.after, bound_to)
    punches = PunchList(parts.table, wanted=command.limit + 1)
    found = (
        punches.of_company(session.company, command.day, after)
        if numbers is None
        else punches.of_numbers(session.company, numbers, command.day, after)
    )
    page = list(islice(found, command.limit))
    more = next(found, None) is not None
    health = read_device_health(parts.directory, session.company)
    return {
        "success": True,
        "total": len(page),
        "errors": health.errors,
        "data": [_row(punch, health.names) for punch in page],
        "completeness": health.watermarks,
        "next": write_cursor(position_of(page[-1]), bound_to) if more else None,
    }


def _visible_numbers(session: Session, number: str | None) -> set[str] | None:
    if session.may("attendance.manage"):
        return None if number is None else {number}
    own = set(session.user.device_user_ids)
    return own if number is None else own & {number}


def _row(punch: StoredPunch, names: dict[str, str]) -> dict[str, Any]:
    return {
        "user_id": punch.user_id,
        "timestamp": punch.timestamp,
        "status": punch.status,
        "punch": punch.punch,
        "device_id": punch.device_id,
        "device_name": names.get(punch.device_id, punch.device_id),
    }

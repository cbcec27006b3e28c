"""Every version of a record (rest-api.md section 4, `history`)."""

from typing import Any

from attendance.adapters import keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.get_record import get_record

LAST_VERSION = 99_999_999


def list_history(parts: Runtime, session: Session, record_id: str) -> list[dict[str, Any]]:
    """`{recordVersion, at, actor, reason, before, after}`, oldest first.

    Written by the stream, so at most two seconds behind the record. A manager's note is null for
    an employee. Raises NotFoundError or NotAuthorizedError.
    """
    session.require("attendance.history")
    seat = get_record(parts, session, record_id)
    day, shift_id = seat.shift.shift_date, seat.shift.shift_id
    rows = parts.table.query_all(
        keys.user_partition(session.company, seat.user_id),
        between=(
            keys.history_sort_key(day, shift_id, 0),
            keys.history_sort_key(day, shift_id, LAST_VERSION),
        ),
    )
    versions = [dict(NoteItem.from_raw_data(row).body) for row in rows]
    if session.may("attendance.manage"):
        return versions
    return [{**row, **{k: _without_note(row[k]) for k in ("before", "after")}} for row in versions]


def _without_note(record: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if record is None else {**record, "managerNote": None}

"""Seats and punches read many thousands at a time: only the attributes that rules look at.

The models of `items` take a quarter of a millisecond a row, which is much for what-ifs.
"""

import json
from datetime import date
from typing import Any

from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.times import from_iso

Row = dict[str, Any]

SEAT_ATTRIBUTES = (
    "companyId", "userId", "shiftId", "shiftDate", "startTime", "endTime", "startsAt", "endsAt",
    "timezone", "location", "departmentId", "assigned", "actions", "decisions", "status", "checkIn",
    "checkOut", "lateByMinutes", "absenceReason", "managerNote", "details", "isActive", "sweptAt",
)  # fmt: skip
PUNCH_ATTRIBUTES = (
    "companyId", "deviceId", "userNumber", "timestamp", "status", "punch", "logIndex", "receivedAt",
    "released",
)  # fmt: skip
_NOBODY = UserFacts(email="", fullname="", avatar=None)


def seat_of_row(row: Row) -> Seat:
    """A seat without its person's facts, history and revision: to look at, never to write."""
    return Seat(
        company_id=row["companyId"]["S"],
        user_id=row["userId"]["S"],
        shift=_shift(row),
        user=_NOBODY,
        assigned=row["assigned"]["BOOL"],
        actions=tuple(json.loads(row["actions"]["S"])),
        decisions=tuple(json.loads(row["decisions"]["S"])),
        verdict=_verdict(row) if "status" in row else None,
        swept_at=_instant(row, "sweptAt"),
    )


def punch_of_row(row: Row) -> StoredPunch:
    """A punch without where it came from and what became of it."""
    return StoredPunch(
        company_id=row["companyId"]["S"],
        device_id=row["deviceId"]["S"],
        user_id=row["userNumber"]["S"],
        timestamp=row["timestamp"]["S"],
        status=int(row["status"]["N"]),
        punch=int(row["punch"]["N"]),
        uid=None,
        log_index=int(row["logIndex"]["N"]) if "logIndex" in row else None,
        received_at=from_iso(row["receivedAt"]["S"]),
        agent_id=None,
        batch_id=None,
        request_id=None,
        released=row["released"]["BOOL"],
    )


def _shift(row: Row) -> ShiftFacts:
    return ShiftFacts(
        shift_id=row["shiftId"]["S"],
        shift_date=date.fromisoformat(row["shiftDate"]["S"]),
        start_time=row["startTime"]["S"],
        end_time=row["endTime"]["S"],
        starts_at=from_iso(row["startsAt"]["S"]),
        ends_at=from_iso(row["endsAt"]["S"]),
        timezone=row["timezone"]["S"],
        location=_text(row, "location"),
        department_id=_text(row, "departmentId"),
    )


def _verdict(row: Row) -> StoredVerdict:
    return StoredVerdict(
        status=row["status"]["S"],
        check_in=_instant(row, "checkIn"),
        check_out=_instant(row, "checkOut"),
        late_by_minutes=int(row["lateByMinutes"]["N"]),
        absence_reason=_text(row, "absenceReason"),
        manager_note=_text(row, "managerNote"),
        is_active=row["isActive"]["BOOL"],
        details=json.loads(row["details"]["S"]),
    )


def _text(row: Row, name: str) -> str | None:
    return row[name]["S"] if name in row else None


def _instant(row: Row, name: str) -> Any:
    return from_iso(row[name]["S"]) if name in row else None

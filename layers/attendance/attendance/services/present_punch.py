"""A punch as clients and subscribers see it (punches.md, rest-api.md section 7)."""

from typing import Any

from attendance.model.punch import StoredPunch
from attendance.times import to_iso


def present_punch(punch: StoredPunch) -> dict[str, Any]:
    """The upload's own keys for the evidence, and beside them what became of it.

    `timestamp` is the terminal's wall time; `userId` and `shiftId` are whose record it went to.
    """
    outcome = punch.outcome
    return {
        "id": punch.punch_id,
        "device_id": punch.device_id,
        "user_id": punch.user_id,
        "timestamp": punch.timestamp,
        "status": punch.status,
        "punch": punch.punch,
        "uid": punch.uid,
        "log_index": punch.log_index,
        "receivedAt": to_iso(punch.received_at),
        "released": punch.released,
        "matched": outcome is not None and outcome.outcome == "applied",
        "outcome": outcome.outcome if outcome else None,
        "userId": outcome.user_id if outcome else None,
        "shiftId": outcome.shift_id if outcome else None,
    }

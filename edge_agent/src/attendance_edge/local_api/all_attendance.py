"""`GET /attendance/all`: every terminal read at once, live (punches.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from attendance_edge.agent.terminal_reader import Outcome


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to show of the reading; None shows all."""

    user_id: str | None = None
    date: str | None = None


def check_date(text: str) -> bool:
    """Whether it is a day written `YYYY-MM-DD`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def all_attendance(outcomes: Iterable[Outcome], filters: Filters) -> dict[str, Any]:
    """The document's answer: newest first over all devices, errors by device id.

    Lines of a log that are equal are one punch.
    """
    rows: list[dict[str, Any]] = []
    errors: dict[str, str] = {}
    for outcome in outcomes:
        if outcome.reading is None:
            errors[outcome.device.id] = outcome.error or "failed"
        else:
            rows += _rows(outcome, filters)
    rows.sort(key=lambda row: (row["device_id"], row["user_id"]))
    rows.sort(key=lambda row: str(row["timestamp"]), reverse=True)
    return {"success": True, "total": len(rows), "errors": errors, "data": rows}


def _rows(outcome: Outcome, filters: Filters) -> list[dict[str, Any]]:
    if outcome.reading is None:
        return []
    device = outcome.device
    lines = dict.fromkeys(
        (p.user_id, p.timestamp.isoformat(sep=" ", timespec="seconds"), p.status, p.punch)
        for p in outcome.reading.punches
        if filters.user_id is None or p.user_id == filters.user_id
    )
    return [
        {
            "user_id": user_id,
            "timestamp": timestamp,
            "status": status,
            "punch": punch,
            "device_id": device.id,
            "device_name": device.name,
        }
        for user_id, timestamp, status, punch in lines
        if filters.date is None or timestamp.startswith(filters.date)
    ]

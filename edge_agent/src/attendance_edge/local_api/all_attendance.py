"""`GET /attendance/all`: every terminal read at once, live (punches.md)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from typing import Any

from attendance_edge.agent.outcome import Outcome
from attendance_edge.local_api.packed_rows import PackedRows, Row

ROWS_A_PART = 500
_DIGITS_ONLY = str.maketrans("", "", "-: ")
_Shown = tuple[Row, PackedRows]


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


class AllAttendance:
    """What was read, as the document has it: newest first over all devices, errors by device id.

    Lines of a log that are equal are one punch.
    """

    def __init__(self, outcomes: Iterable[Outcome], filters: Filters) -> None:
        self.errors: dict[str, str] = {}
        self._logs: list[PackedRows] = []
        for outcome in outcomes:
            if outcome.reading is None:
                self.errors[outcome.device.id] = outcome.error or "failed"
            else:
                self._logs.append(PackedRows(outcome.device, list(_rows(outcome, filters))))

    def json(self) -> Iterator[str]:
        """The answer in parts, so that it is never in memory as a whole."""
        total = sum(map(len, self._logs))
        head = {"success": True, "total": total, "errors": self.errors, "data": []}
        yield _compact(head).removesuffix("]}")
        separator, part = "", []
        for row, log in merge(*map(_keyed, self._logs), key=_order):
            part.append(separator + _compact(_shown(row, log)))
            separator = ","
            if len(part) == ROWS_A_PART:
                yield "".join(part)
                part.clear()
        yield "".join([*part, "]}"])


def _rows(outcome: Outcome, filters: Filters) -> Iterator[Row]:
    for p in outcome.reading.punches if outcome.reading else ():
        if filters.user_id is None or p.user_id == filters.user_id:
            timestamp = p.timestamp.isoformat(sep=" ", timespec="seconds")
            if filters.date is None or timestamp.startswith(filters.date):
                yield Row(p.user_id, timestamp, p.status, p.punch)


def _keyed(log: PackedRows) -> Iterator[_Shown]:
    return ((row, log) for row in log)


def _order(shown: _Shown) -> tuple[int, str, str]:
    """Newest first; then by device and person."""
    row, log = shown
    moment = row.timestamp.translate(_DIGITS_ONLY)
    return -int(moment), log.device.id, row.user_id


def _shown(row: Row, log: PackedRows) -> dict[str, Any]:
    device = log.device
    return {**row._asdict(), "device_id": device.id, "device_name": device.name}


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""A leave's two ends as the rules take them."""

from datetime import datetime, time, timedelta
from typing import Any

from attendance.domain.person import Leave


def leave_of(body: dict[str, Any]) -> Leave:
    """`from` and `to` of a leave: days (both included) or times; days are the shift's own zone."""
    return Leave(start=_edge(body["from"], end=False), end=_edge(body["to"], end=True))


def _edge(text: str, *, end: bool) -> datetime:
    moment = datetime.fromisoformat(text)
    if len(text) == len("YYYY-MM-DD"):
        day = moment.date() + timedelta(days=1 if end else 0)
        return datetime.combine(day, time())
    return moment

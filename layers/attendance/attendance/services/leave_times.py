"""A leave's two ends as the rules take them."""

from datetime import datetime, time, timedelta
from typing import Any

from attendance.domain.person import Leave
from attendance.services.calendar_span import within


def leave_of(body: dict[str, Any]) -> Leave:
    """`from` and `to` of a leave: days (both included) or times; days are the shift's own zone.

    A leave "until 9999-12-31" ends where no shift can be any more.
    """
    return Leave(start=_edge(body["from"], end=False), end=_edge(body["to"], end=True))


def _edge(text: str, *, end: bool) -> datetime:
    moment = _within(datetime.fromisoformat(text))
    if len(text) == len("YYYY-MM-DD"):
        day = moment.date() + timedelta(days=1 if end else 0)
        return datetime.combine(day, time())
    return moment


def _within(moment: datetime) -> datetime:
    day = within(moment.date())
    return moment.replace(year=day.year, month=day.month, day=day.day)

"""A leave's two ends as the rules take them."""

from datetime import datetime, time, timedelta
from typing import Any

from attendance.domain.person import Leave

FIRST_YEAR, LAST_YEAR = 1000, 9000
"""No shift lies beyond these, and a leave "until 9999-12-31" has to leave room for arithmetic."""


def leave_of(body: dict[str, Any]) -> Leave:
    """`from` and `to` of a leave: days (both included) or times; days are the shift's own zone.

    What lies beyond FIRST_YEAR and LAST_YEAR is cut off.
    """
    return Leave(start=_edge(body["from"], end=False), end=_edge(body["to"], end=True))


def _edge(text: str, *, end: bool) -> datetime:
    moment = _within(datetime.fromisoformat(text))
    if len(text) == len("YYYY-MM-DD"):
        day = moment.date() + timedelta(days=1 if end else 0)
        return datetime.combine(day, time())
    return moment


def _within(moment: datetime) -> datetime:
    if moment.year < FIRST_YEAR:
        return moment.replace(year=FIRST_YEAR, month=1, day=1)
    if moment.year > LAST_YEAR:
        return moment.replace(year=LAST_YEAR, month=12, day=31)
    return moment

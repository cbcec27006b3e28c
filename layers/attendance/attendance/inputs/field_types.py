"""Field types for what clients send: flags, whole numbers, days, instants and ids."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from attendance.domain.status import Status
from attendance.times import from_iso

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_SHIFT_DAY, _LAST_SHIFT_DAY = date(1970, 1, 1), date(2999, 12, 31)
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
_STATUSES = {status.lower(): status for status in Status}


def _flag(value: Any) -> bool:
    flag = _FLAGS.get(str(value).lower()) if isinstance(value, str | int) else None
    if flag is None:
        raise ValueError("true, false, 1 or 0")
    return flag


def _whole_number(value: Any) -> int:
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("a whole number")


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"a day of the calendar, not {value}") from error


def _shift_day(day: date) -> date:
    if not _FIRST_SHIFT_DAY <= day <= _LAST_SHIFT_DAY:
        raise ValueError(f"a day from {_FIRST_SHIFT_DAY} to {_LAST_SHIFT_DAY}")
    return day


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("a time as text, such as 2026-03-06T09:15:23Z")  # noqa: TRY004
    try:
        return from_iso(value)
    except ValueError as error:
        raise ValueError("a time with an offset, such as 2026-03-06T09:15:23Z") from error


def _status(value: Any) -> Status:
    status = _STATUSES.get(value.lower()) if isinstance(value, str) else None
    if status is None:
        raise ValueError(f"one of {', '.join(Status)}")
    return status


def _nullable(value: Any) -> Any:
    return None if value == "null" else value


Flag = Annotated[bool, BeforeValidator(_flag)]
"""true, false, 1 or 0, in any case."""

Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day as YYYY-MM-DD."""

WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
"""An integer, also as the text of a query."""

ShiftDay = Annotated[Day, AfterValidator(_shift_day), Field(examples=["2026-03-06"])]
"""A day on which there can be a shift."""

Instant = Annotated[datetime, BeforeValidator(_instant)]
"""ISO 8601 with an offset, in UTC afterwards."""

StatusWord = Annotated[Status, BeforeValidator(_status)]
"""A status word in any case."""

ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""An id as rest-api.md section 7 allows it."""

NullableId = Annotated[ClientId | None, BeforeValidator(_nullable)]
"""An id, or the word null, as list filters take them."""

NullableStatus = Annotated[StatusWord | None, BeforeValidator(_nullable)]
"""A status in any case, or the word null."""

"""Field types for queries and attendance bodies, beside those of `inputs.fields`."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from attendance.domain.status import Status
from attendance.inputs.fields import Id
from attendance.times import from_iso

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
_STATUSES = {status.lower(): status for status in Status}


def _whole_number(value: Any) -> int:
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("a whole number")


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


WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
"""An integer, also as the text of a query."""

Instant = Annotated[datetime, BeforeValidator(_instant)]
"""ISO 8601 with an offset, in UTC afterwards."""

StatusWord = Annotated[Status, BeforeValidator(_status)]
"""A status word in any case."""

NullableId = Annotated[Id | None, BeforeValidator(_nullable)]
"""An id, or the word null, as list filters take them."""

NullableStatus = Annotated[StatusWord | None, BeforeValidator(_nullable)]
"""A status in any case, or the word null."""

"""The kinds of fields a story has; each says what it expected."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, TypeGuard
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PlainValidator, StrictStr

from attendance.domain.direction import Direction
from attendance.domain.schedule import wall_time
from attendance.domain.zones import zone_named

WALL = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def wall_or_none(text: str) -> datetime | None:
    """A terminal's wall time, naive; None when it cannot be read."""
    if not WALL.fullmatch(text) or not text.isascii():
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _instant(value: Any) -> datetime:
    expected = "expected an instant with an offset, such as 2026-03-06T08:01:00Z"
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError(expected)


def _day(value: Any) -> date:
    try:
        if DAY.fullmatch(value):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise ValueError("expected a date, such as 2026-03-06")


def _leave_end(value: Any) -> datetime:
    if isinstance(value, str):
        wall = wall_or_none(value)
        return wall if wall is not None else _instant(value)
    raise ValueError("expected a wall time or an instant, such as 2026-03-06T10:00:00")


def _zone(value: Any) -> ZoneInfo:
    return zone_named(str(value))


def _punch_code(value: object) -> int | Direction | None:
    if value is None or _is_whole(value):
        return value
    if isinstance(value, str) and value in tuple(Direction):
        return Direction(value)
    raise ValueError('expected a punch code, "in", "out" or null')


def _record_version(value: object) -> int | str | None:
    if value is None or _is_whole(value):
        return value
    if value == "stale":
        return "stale"
    raise ValueError('expected a version, "stale" or null')


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _checked_wall_time(text: str) -> str:
    wall_time(text)
    return text


Instant = Annotated[datetime, PlainValidator(_instant, json_schema_input_type=datetime)]
Day = Annotated[date, PlainValidator(_day, json_schema_input_type=date)]
LeaveEnd = Annotated[datetime, PlainValidator(_leave_end, json_schema_input_type=str)]
Zone = Annotated[ZoneInfo, PlainValidator(_zone, json_schema_input_type=str)]
PunchCode = Annotated[
    int | Direction | None,
    PlainValidator(_punch_code, json_schema_input_type=int | Direction | None),
]
RecordVersion = Annotated[
    int | str | None,
    PlainValidator(_record_version, json_schema_input_type=int | Literal["stale"] | None),
]
WallTime = Annotated[StrictStr, AfterValidator(_checked_wall_time)]

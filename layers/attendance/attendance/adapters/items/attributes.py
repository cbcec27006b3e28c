"""Attribute types of our own: instants and days as sortable text, lists that can be added to."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.constants import LIST, NUMBER, STRING

from attendance.times import from_iso, to_iso

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970, as `to_iso` cuts them."""
    return (instant - _EPOCH) // _MILLISECOND


def from_milliseconds(count: int) -> datetime:
    """The UTC instant so many milliseconds after 1970 began."""
    return _EPOCH + count * _MILLISECOND


class InstantAttribute(Attribute[datetime]):
    """A UTC instant as `2026-03-06T09:15:23.000Z`."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        """To text; text order is time order."""
        return to_iso(value)

    def deserialize(self, value: Any) -> datetime:
        """To an aware datetime in UTC."""
        return from_iso(value)


class BriefInstantAttribute(Attribute[datetime]):
    """A UTC instant as a number of milliseconds, a third as long as its text."""

    attr_type = NUMBER

    def serialize(self, value: datetime) -> str:
        """To digits; the table compares them as a number."""
        return str(to_milliseconds(value))

    def deserialize(self, value: Any) -> datetime:
        """To an aware datetime in UTC."""
        return from_milliseconds(int(value))


class DayAttribute(Attribute[date]):
    """A calendar day as `YYYY-MM-DD`."""

    attr_type = STRING

    def serialize(self, value: date) -> str:
        """To text; text order is calendar order."""
        return value.isoformat()

    def deserialize(self, value: Any) -> date:
        """To a date."""
        return date.fromisoformat(value)


class BriefJsonAttribute(Attribute[Any]):
    """Any JSON as a text without white space."""

    attr_type = STRING

    def serialize(self, value: Any) -> str:
        """To text."""
        return _brief(value)

    def deserialize(self, value: Any) -> Any:
        """To what it was."""
        return json.loads(value)


class JsonListAttribute(Attribute[list[Any]]):
    """A list of JSON values, each a text: it can be added to without being read."""

    attr_type = LIST

    def serialize(self, value: list[Any]) -> list[dict[str, str]]:
        """To texts without white space."""
        return [{STRING: _brief(element)} for element in value]

    def deserialize(self, value: Any) -> list[Any]:
        """To what they were."""
        return [json.loads(element[STRING]) for element in value]


def _brief(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

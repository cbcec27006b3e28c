"""Attribute types of our own: instants and days as sortable text, lists that can be added to."""

import json
from datetime import date, datetime
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.constants import LIST, STRING

from attendance.times import from_iso, to_iso


class InstantAttribute(Attribute[datetime]):
    """A UTC instant as `2026-03-06T09:15:23.000Z`."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        """To text; text order is time order."""
        return to_iso(value)

    def deserialize(self, value: Any) -> datetime:
        """To an aware datetime in UTC."""
        return from_iso(value)


class DayAttribute(Attribute[date]):
    """A calendar day as `YYYY-MM-DD`."""

    attr_type = STRING

    def serialize(self, value: date) -> str:
        """To text; text order is calendar order."""
        return value.isoformat()

    def deserialize(self, value: Any) -> date:
        """To a date."""
        return date.fromisoformat(value)


class JsonListAttribute(Attribute[list[dict[str, Any]]]):
    """A list of JSON objects, each a text: it can be added to without being read."""

    attr_type = LIST

    def serialize(self, value: list[dict[str, Any]]) -> list[dict[str, str]]:
        """To texts without white space."""
        return [{STRING: json.dumps(element, separators=(",", ":"))} for element in value]

    def deserialize(self, value: Any) -> list[dict[str, Any]]:
        """To objects."""
        return [json.loads(element[STRING]) for element in value]

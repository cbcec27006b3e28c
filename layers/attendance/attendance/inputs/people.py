"""Bodies of people, and of what is said about them (rest-api.md section 7)."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, field_validator, model_validator

from attendance.domain.permissions import Role
from attendance.inputs.field_types import ClientId, Day, Flag
from attendance.inputs.fields import DeviceNumber, Email, Input, Line, Password, Url
from attendance.times import from_iso, to_iso

PERMISSION_NAME = r"^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$"


class UserBody(Input):
    """A person; `deviceUserIds` are the numbers the person has at the terminals."""

    user_id: ClientId | None = None
    email: Email
    fullname: Line
    avatar: Url | None = None
    role_id: Role
    department_id: ClientId | None = None
    device_user_ids: Annotated[list[DeviceNumber], Field(default_factory=list, max_length=20)]
    password: Password | None = None
    employed_from: Day | None = None
    employed_to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Any:
        if self.employed_from and self.employed_to and self.employed_to < self.employed_from:
            raise ValueError("employedTo on or after employedFrom")
        self.device_user_ids = list(dict.fromkeys(self.device_user_ids))
        return self


class UserChanges(Input):
    """What only a change of a person can say."""

    is_active: Flag | None = None


class GroupBody(Input):
    """Some people, to give rights to."""

    name: Line
    user_ids: Annotated[list[ClientId], Field(default_factory=list, max_length=1000)]


class GrantBody(Input):
    """A permission given or denied to one role, one person or one group."""

    permission_name: Annotated[str, Field(pattern=PERMISSION_NAME, max_length=100)]
    role_id: Role | None = None
    user_id: ClientId | None = None
    group_id: ClientId | None = None
    object_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    can_do: Flag

    @model_validator(mode="after")
    def _one_subject(self) -> Any:
        if sum(value is not None for value in (self.role_id, self.user_id, self.group_id)) != 1:
            raise ValueError("exactly one of roleId, userId and groupId")
        return self


class HolidayBody(Input):
    """A day off for the company, or for one of its sites."""

    date: Day
    name: Line
    location: Line | None = None


def _edge(text: str) -> str:
    """A day as it is, an instant in UTC."""
    is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII)
    try:
        return f"{date.fromisoformat(text)}" if is_day else to_iso(from_iso(text))
    except ValueError as error:
        raise ValueError("a day, or a time with an offset, as 2026-03-06T09:15:23Z") from error


Edge = Annotated[str, Field(max_length=40), AfterValidator(_edge)]


class LeaveBody(Input):
    """A person's time off: days, both included, or instants with an offset."""

    user_id: ClientId
    from_: Annotated[Edge, Field(alias="from")]
    to: Edge
    kind: Line

    @field_validator("to")
    @classmethod
    def _after_from(cls, value: str, info: Any) -> str:
        start = info.data.get("from_")
        if start is not None and (len(start) == 10) != (len(value) == 10):
            raise ValueError("a day if from is a day, a time if from is a time")
        if start is not None and _instant(value) < _instant(start):
            raise ValueError("a moment not before from")
        return value


def _instant(text: str) -> datetime:
    return from_iso(text if len(text) > len("YYYY-MM-DD") else f"{text}T00:00:00Z")

"""Bodies of sites, shifts and their people (rest-api.md section 7)."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from attendance.inputs.field_types import ClientId, ShiftDay
from attendance.inputs.fields import Input, Line, WallTime, Zone


class LocationBody(Input):
    """A site: its name, and the zone of its clocks."""

    location: Line
    timezone: Zone


class ShiftBody(Input):
    """A shift on a day; an end at or before the start is the next day's."""

    shift_id: ClientId | None = None
    shift_date: ShiftDay
    start_time: WallTime
    end_time: WallTime
    location: Line | None = None
    department_id: ClientId | None = None
    timezone: Zone | None = None


class AssignmentsBody(Input):
    """People of a shift."""

    user_ids: Annotated[list[ClientId], Field(max_length=100)]

    @model_validator(mode="after")
    def _once_each(self) -> Any:
        self.user_ids = list(dict.fromkeys(self.user_ids))
        return self


class AssignmentBody(Input):
    """One person on one shift: a row of a shift's assignments."""

    shift_id: ClientId
    user_id: ClientId

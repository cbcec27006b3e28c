"""The story as it is sent: site, policy, person, shifts (simulate.md)."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    Field,
    StrictBool,
    StrictStr,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from attendance.domain.direction import Direction
from attendance.simulation.event import Event
from attendance.simulation.fields import Day, LeaveEnd, Zone
from attendance.simulation.model import StoryModel
from attendance.simulation.story_shift import StoryShift

MOST_EVENTS = 1000
MOST_SHIFTS = 400


def _in_order(leave: tuple[datetime, datetime]) -> tuple[datetime, datetime]:
    start, end = leave
    if (start.tzinfo is None) == (end.tzinfo is None) and end < start:
        raise ValueError("expected an end that is not before the start")
    return leave


StoryLeave = Annotated[
    tuple[LeaveEnd, LeaveEnd],
    AfterValidator(_in_order),
    WithJsonSchema(
        {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        mode="validation",
    ),
]


class StoryPerson(StoryModel):
    """The person of the story; without `deviceUserIds` the story's numbers are the person's."""

    active: StrictBool = True
    known: StrictBool = True
    device_user_ids: list[StrictStr] | None = None
    employed_from: Day | None = None
    employed_to: Day | None = None
    leave: tuple[StoryLeave, ...] = ()

    @field_validator("employed_to")
    @classmethod
    def _after_employed_from(cls, day: date | None, info: ValidationInfo) -> date | None:
        hired = info.data.get("employed_from")
        if day is not None and hired is not None and day < hired:
            raise ValueError("expected a date that is not before employedFrom")
        return day


class StoryDevice(StoryModel):
    """A terminal; its zone is the site's unless it says otherwise."""

    timezone: Zone | None = None
    direction: Direction | None = None


class Story(StoryModel):
    """A story of one person."""

    timezone: Zone
    policy: Annotated[dict[str, Any], Field(default_factory=dict)]
    person: StoryPerson = StoryPerson()
    holidays: tuple[Day, ...] = ()
    devices: Annotated[dict[str, StoryDevice], Field(default_factory=dict)]
    shifts: Annotated[list[StoryShift], Field(max_length=MOST_SHIFTS)]
    events: Annotated[list[Event], Field(max_length=MOST_EVENTS)]

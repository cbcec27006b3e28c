"""The story as it is sent: site, policy, person, shifts (simulate.md)."""

from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictStr

from attendance.domain.direction import Direction
from attendance.simulation.event import Event
from attendance.simulation.fields import Day, LeaveEnd, Zone
from attendance.simulation.model import StoryModel
from attendance.simulation.story_shift import StoryShift

MOST_EVENTS = 1000
MOST_SHIFTS = 400


class StoryPerson(StoryModel):
    """The person of the story; without `deviceUserIds` the story's numbers are the person's."""

    active: StrictBool = True
    known: StrictBool = True
    device_user_ids: list[StrictStr] | None = None
    employed_from: Day | None = None
    employed_to: Day | None = None
    leave: tuple[tuple[LeaveEnd, LeaveEnd], ...] = ()


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

"""A shift as a story tells it."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from attendance.simulation.fields import Day, WallTime, Zone
from attendance.simulation.model import StoryModel


class StoryShift(StoryModel):
    """A shift on its date, in the site's zone unless it names one."""

    shift_id: Annotated[StrictStr, Field(min_length=1)]
    shift_date: Day
    start_time: WallTime
    end_time: WallTime
    timezone: Zone | None = None
    assigned: StrictBool = True


class ShiftEdit(StoryModel):
    """The fields of a shift that an edit changes; those left out stay."""

    shift_date: Day | None = None
    start_time: WallTime | None = None
    end_time: WallTime | None = None
    timezone: Zone | None = None

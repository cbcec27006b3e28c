"""Bodies of terminals and of the agents that read them (rest-api.md section 7)."""

from typing import Annotated

from pydantic import Field

from attendance.domain.direction import Direction
from attendance.inputs.field_types import ClientId, Flag
from attendance.inputs.fields import Input, Line, Zone


class DeviceBody(Input):
    """A terminal; `timezone` is its clock's, without one its site's."""

    device_id: ClientId
    name: Line
    serial_number: Annotated[str, Field(max_length=64)] | None = None
    location: Line | None = None
    timezone: Zone | None = None
    direction: Direction | None = None
    agent_id: ClientId | None = None
    approved: Flag = True


class AgentBody(Input):
    """An agent at a site, and the terminals it reads."""

    name: Line
    location: Line | None = None
    device_ids: Annotated[list[ClientId], Field(default_factory=list, max_length=500)]

"""The answer of the what-if (simulate.md)."""

from typing import Annotated, Any

from pydantic import Field

from attendance_api.schemas.envelope import Documented, EnvelopeSchema


class Simulation(Documented):
    """One outcome an event, one record a shift that has one."""

    outcomes: Annotated[list[str], Field(examples=[["applied"]])]
    records: Annotated[
        list[dict[str, Any]],
        Field(examples=[[{"shiftId": "s1", "status": "late", "lateByMinutes": 6}]]),
    ]


class SimulationAnswer(EnvelopeSchema):
    """What would have become of the story."""

    simulation: Simulation

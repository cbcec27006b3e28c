"""The answer of the what-if (simulate.md)."""

from typing import Annotated

from pydantic import Field

from attendance.domain.status import Status
from attendance_api.schemas.envelope import Documented, EnvelopeSchema, Moment
from attendance_api.schemas.story import RuleSaid
from attendance_api.schemas.verdicts import WorkedDetails


class SimulatedRecord(Documented):
    """What the record of a shift would say, and why."""

    shift_id: Annotated[str, Field(alias="shiftId", examples=["s1"])]
    status: Annotated[Status, Field(examples=["late"])]
    status_idx: Annotated[int, Field(ge=0, le=4, examples=[3])]
    late_by_minutes: Annotated[int, Field(alias="lateByMinutes", ge=0, examples=[6])]
    check_in_time: Annotated[
        Moment | None, Field(alias="checkInTime", examples=["2026-03-06T08:06:10.000Z"])
    ]
    check_out_time: Annotated[Moment | None, Field(alias="checkOutTime", examples=[None])]
    details: WorkedDetails
    explain: list[RuleSaid]


class Simulation(Documented):
    """One outcome an event, one record a shift that has one."""

    outcomes: Annotated[list[str], Field(examples=[["applied"]])]
    records: list[SimulatedRecord]


class SimulationAnswer(EnvelopeSchema):
    """What would have become of the story."""

    simulation: Simulation

"""What records, previews and simulations tell of a verdict (simulate.md)."""

from typing import Annotated

from pydantic import Field

from attendance.domain.status import Status
from attendance.domain.verdict import Flag
from attendance_api.schemas.envelope import Documented, Moment

_Minutes = Annotated[int, Field(ge=0, examples=[0])]


class WorkedDetails(Documented):
    """The facts beside a status."""

    open: Annotated[bool, Field(description="Checked in, and not out yet.", examples=[True])]
    worked_minutes: Annotated[_Minutes, Field(alias="workedMinutes")]
    overtime_minutes: Annotated[_Minutes, Field(alias="overtimeMinutes")]
    early_leave_minutes: Annotated[_Minutes, Field(alias="earlyLeaveMinutes")]
    half_day: Annotated[bool, Field(alias="halfDay", examples=[False])]
    flags: Annotated[list[Flag], Field(examples=[["dstFold"]])]


class VerdictDetails(WorkedDetails):
    """With the terminal that an automatic absence waits for."""

    awaiting_device: Annotated[
        str | None,
        Field(
            alias="awaitingDevice",
            description="The terminal that may still hold the punch of who seems absent.",
            examples=[None],
        ),
    ]


class RecordDetails(VerdictDetails):
    """Our further facts of a record."""

    timezone: Annotated[str, Field(description="The site's.", examples=["Europe/Madrid"])]
    ignored: Annotated[
        list[str],
        Field(
            default_factory=list,
            description="Fields of the request that the server decides itself; answers to "
            "check-in, check-out and mark-absent have it.",
            examples=[["status"]],
        ),
    ]


class VerdictShown(Documented):
    """A record as it would be."""

    status: Annotated[Status, Field(examples=["late"])]
    check_in_time: Annotated[
        Moment | None, Field(alias="checkInTime", examples=["2026-03-06T09:06:00.000Z"])
    ]
    check_out_time: Annotated[Moment | None, Field(alias="checkOutTime", examples=[None])]
    late_by_minutes: Annotated[int, Field(alias="lateByMinutes", ge=0, examples=[6])]
    details: VerdictDetails

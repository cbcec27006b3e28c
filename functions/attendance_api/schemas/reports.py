"""Answers of the reports: closed payroll, rest and weekly hours."""

from typing import Annotated, Literal

from pydantic import Field

from attendance_api.schemas.envelope import Documented, ListEnvelopeSchema
from attendance_api.schemas.verdicts import VerdictShown


class PayrollDifference(Documented):
    """A closed record as it is kept, and as it would be now; null is no record."""

    id: str
    user_id: Annotated[str, Field(alias="userId", examples=["u-ana"])]
    shift_id: Annotated[str, Field(alias="shiftId", examples=["s-1"])]
    shift_date: Annotated[str, Field(alias="shiftDate", examples=["2026-02-27"])]
    stored: VerdictShown | None
    now: VerdictShown | None
    cause: Annotated[
        Literal["latePunch", "policyChange", "calendarChange", "directoryChange"],
        Field(description="What has come since payroll was closed.", examples=["latePunch"]),
    ]


class PayrollDifferencesAnswer(ListEnvelopeSchema):
    """A page of differences, by shift date and person."""

    payroll_differences: Annotated[list[PayrollDifference], Field(alias="payrollDifferences")]


class RestRow(Documented):
    """A rest that was too short, or a week that was too long."""

    kind: Annotated[Literal["dailyRest", "weeklyHours"], Field(examples=["dailyRest"])]
    user_id: Annotated[str, Field(alias="userId", examples=["u-ana"])]
    date_from: Annotated[
        str,
        Field(
            alias="dateFrom", description="Shift date before, or Monday.", examples=["2026-03-05"]
        ),
    ]
    date_to: Annotated[
        str,
        Field(alias="dateTo", description="Shift date after, or Sunday.", examples=["2026-03-06"]),
    ]
    rest_from: Annotated[str | None, Field(alias="restFrom", examples=["2026-03-05T22:00:00.000Z"])]
    rest_to: Annotated[str | None, Field(alias="restTo", examples=["2026-03-06T06:00:00.000Z"])]
    minutes: Annotated[int, Field(description="Of rest, or of work.", examples=[480])]
    limit_minutes: Annotated[
        int,
        Field(alias="limitMinutes", description="Rest at least, work at most.", examples=[660]),
    ]


class RestReportAnswer(ListEnvelopeSchema):
    """A page of the report, by day and person."""

    rest_report: Annotated[list[RestRow], Field(alias="restReport")]

"""Bodies and queries of policies (rest-api.md section 7, rules.md section 9)."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from attendance.inputs.field_types import ClientId, Day
from attendance.inputs.fields import Input, Line

PolicyFields = Annotated[
    dict[str, Any],
    Field(
        description="The fields that differ from the defaults; rules.md section 9.",
        examples=[{"lateGraceMinutes": 5, "windowBeforeMinutes": 60}],
    ),
]
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)
ShiftDay = Annotated[Day, Field(ge=_FIRST_DAY, le=_LAST_DAY, examples=["2026-03-06"])]


class PolicyBody(Input):
    """A version of the policy, in force from a shift date on."""

    policy: PolicyFields
    effective_from: ShiftDay
    location: Line | None = None
    department_id: ClientId | None = None


class PreviewBody(Input):
    """A policy to try on what is stored, as if in force from the first of the days on."""

    policy: PolicyFields
    date_from: ShiftDay
    date_to: ShiftDay
    location: Line | None = None
    department_id: ClientId | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Any:
        if self.date_to < self.date_from:
            raise ValueError("dateFrom: expected a day no later than dateTo")
        return self


class PolicyQuery(BaseModel):
    """For whom, and for shifts of which day."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore", defer_build=True)

    day: Annotated[Day | None, Field(alias="date", description="Default: today.")] = None
    location: Line | None = None
    department_id: Annotated[ClientId | None, Field(alias="departmentId")] = None

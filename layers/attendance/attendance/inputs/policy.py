"""Bodies and queries of policies (rest-api.md section 7, rules.md section 9)."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from attendance.inputs.field_types import ClientId, Day, ShiftDay
from attendance.inputs.fields import Input, Line
from attendance.inputs.policy_model import policy_changes_model
from attendance.inputs.told_as import ToldAs

PolicyChanges = Annotated[dict[str, Any], ToldAs(policy_changes_model)]
"""The fields that differ from the defaults, by their names in JSON; the rules check them."""


class PolicyBody(Input):
    """A version of the policy, in force from a shift date on."""

    policy: PolicyChanges
    effective_from: ShiftDay
    location: Line | None = None
    department_id: ClientId | None = None


class PreviewBody(Input):
    """A policy to try on what is stored, as if in force from the first of the days on."""

    policy: PolicyChanges
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

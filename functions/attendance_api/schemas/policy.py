"""Policies as clients see them (rest-api.md section 7)."""

from typing import Annotated

from pydantic import Field

from attendance.inputs.policy_model import policy_model
from attendance_api.schemas.envelope import Documented, EnvelopeSchema

_NONE_FOR_DEFAULTS = "Null for the defaults, which nobody made."


class PolicyInForce(Documented):
    """A version of the policy with all its fields."""

    id: Annotated[str | None, Field(description=_NONE_FOR_DEFAULTS, examples=["000001"])]
    version: Annotated[int, Field(description="0: the defaults.", examples=[1])]
    policy: policy_model()  # type: ignore[valid-type]  # made from the rules' own fields
    effective_from: Annotated[str | None, Field(alias="effectiveFrom", examples=["2026-03-06"])]
    location: Annotated[str | None, Field(examples=["Plant 1"])]
    department_id: Annotated[str | None, Field(alias="departmentId", examples=["d-1"])]
    company_id: Annotated[str, Field(alias="companyId")]
    is_active: Annotated[bool, Field(alias="isActive")]
    created_at: Annotated[str | None, Field(alias="createdAt", description=_NONE_FOR_DEFAULTS)]
    updated_at: Annotated[str | None, Field(alias="updatedAt", description=_NONE_FOR_DEFAULTS)]


class PolicyInForceAnswer(EnvelopeSchema):
    """One version."""

    policy: PolicyInForce

"""What objects of a company carry beside what their bodies say (rest-api.md section 7)."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from attendance_api.schemas.envelope import Documented, Moment


class Shown(Documented):
    """What every object of a company carries."""

    model_config = ConfigDict(extra="allow")

    id: str
    company_id: Annotated[str, Field(alias="companyId")]
    is_active: Annotated[bool, Field(alias="isActive")]
    created_at: Annotated[Moment, Field(alias="createdAt")]
    updated_at: Annotated[Moment, Field(alias="updatedAt")]


class ShownUser(Shown):
    """A person; never with a password."""

    user_id: Annotated[str, Field(alias="userId")]
    device_user_ids: Annotated[list[str], Field(alias="deviceUserIds", examples=[["5", "105"]])]


class ShownShift(Shown):
    """A shift."""

    shift_id: Annotated[str, Field(alias="shiftId")]


class ShownDevice(Shown):
    """A terminal, and how it was when its agent last told."""

    device_id: Annotated[str, Field(alias="deviceId")]
    is_new: Annotated[
        bool,
        Field(alias="isNew", description="Seen in a report only; held until approved."),
    ]
    health: Annotated[
        dict[str, Any] | None,
        Field(description="Null until the first report.", examples=[{"ok": True}]),
    ]


class ShownAgent(Shown):
    """An agent; the code to enrol it is shown once, by the POST that made it."""

    agent_id: Annotated[str, Field(alias="agentId", examples=["c-acme_0f1e2d3c4b5a6978"])]
    device_ids: Annotated[list[str], Field(alias="deviceIds", examples=[["principal"]])]
    status: Annotated[Literal["waiting", "active", "revoked"], Field(examples=["waiting"])]
    public_key: Annotated[str | None, Field(alias="publicKey")]
    hostname: Annotated[str | None, Field(examples=["site-1"])]
    version: Annotated[str | None, Field(examples=["0.1.0"])]
    enrolled_at: Annotated[str | None, Field(alias="enrolledAt", examples=[None])]
    enrollment_code: Annotated[str, Field(alias="enrollmentCode")] = ""
    expires_at: Annotated[str, Field(alias="expiresAt")] = ""


class ShownCompany(Shown):
    """A company; the POST that made it shows its owner too."""

    suspended: bool
    payroll_closed_through: Annotated[
        str | None, Field(alias="payrollClosedThrough", examples=["2026-02-28"])
    ]
    owner: dict[str, Any] | None = None


class ShownVersion(Shown):
    """A version of the policy with all its fields."""

    version: Annotated[int, Field(description="From 1.", examples=[1])]


SHOWN: dict[str, type[Shown]] = {
    "user": ShownUser,
    "shift": ShownShift,
    "device": ShownDevice,
    "agent": ShownAgent,
    "company": ShownCompany,
    "policy": ShownVersion,
}
"""By `dataName`; others have nothing of their own."""

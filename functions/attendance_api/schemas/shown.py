"""What objects of a company carry beside what their bodies say (rest-api.md section 7)."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from attendance.inputs.company import Oidc
from attendance.inputs.policy_model import policy_model
from attendance_api.schemas.envelope import Documented, Moment

_AN_INSTANT = ["2026-03-06T09:15:23.000Z"]


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


class FoundingUser(ShownUser):
    """The company's first tenantAdmin."""

    model_config = ConfigDict(extra="forbid")

    email: str
    fullname: str
    avatar: str | None
    role_id: Annotated[Literal["tenantAdmin"], Field(alias="roleId")]
    department_id: Annotated[str | None, Field(alias="departmentId")]
    employed_from: Annotated[str | None, Field(alias="employedFrom")]
    employed_to: Annotated[str | None, Field(alias="employedTo")]


class ShownShift(Shown):
    """A shift."""

    shift_id: Annotated[str, Field(alias="shiftId")]


class DeviceHealth(Documented):
    """A terminal as its agent last told of it."""

    ok: Annotated[bool, Field(description="It could be read.", examples=[True])]
    error: Annotated[str | None, Field(description="Why it could not.", examples=[None])]
    read_at: Annotated[Moment, Field(alias="readAt", examples=_AN_INSTANT)]
    records_on_device: Annotated[int | None, Field(alias="recordsOnDevice", examples=[1200])]
    clock_offset_seconds: Annotated[
        float | None,
        Field(
            alias="clockOffsetSeconds",
            description="The terminal's clock less the agent's.",
            examples=[-2.0],
        ),
    ]
    watermark: Annotated[
        Moment | None,
        Field(description="The terminal holds nothing older that is not here.", examples=[None]),
    ]
    reported_timezone: Annotated[str, Field(alias="reportedTimezone", examples=["Europe/Madrid"])]
    reported_serial_number: Annotated[
        str | None, Field(alias="reportedSerialNumber", examples=["A8N5201260001"])
    ]
    reported_at: Annotated[Moment, Field(alias="reportedAt", examples=_AN_INSTANT)]
    offline_since: Annotated[Moment | None, Field(alias="offlineSince", examples=[None])]


class ShownDevice(Shown):
    """A terminal, and how it was when its agent last told."""

    device_id: Annotated[str, Field(alias="deviceId")]
    is_new: Annotated[
        bool,
        Field(alias="isNew", description="Seen in a report only; held until approved."),
    ]
    health: Annotated[DeviceHealth | None, Field(description="Null until the first report.")]


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
    oidc: Oidc | None
    owner: FoundingUser | None = None


class ShownVersion(Shown):
    """A version of the policy with all its fields."""

    version: Annotated[int, Field(description="From 1.", examples=[1])]
    policy: policy_model()  # type: ignore[valid-type]  # made from the rules' own fields


SHOWN: dict[str, type[Shown]] = {
    "user": ShownUser,
    "shift": ShownShift,
    "device": ShownDevice,
    "agent": ShownAgent,
    "company": ShownCompany,
    "policy": ShownVersion,
}
"""By `dataName`; others have nothing of their own."""

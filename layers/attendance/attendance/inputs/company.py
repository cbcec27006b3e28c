"""Bodies of `/v1/company` and `/v1/companies` (rest-api.md section 7)."""

from typing import Annotated

from pydantic import Field

from attendance.inputs.account import NewOwner
from attendance.inputs.field_types import Flag, ShiftDay
from attendance.inputs.fields import Codename, Input, Line, Zone


class Oidc(Input):
    """An OpenID Connect issuer whose tokens a company takes, if made for `audience`."""

    issuer: Annotated[str, Field(max_length=500, pattern=r'^https://[^\s"<>?#\x00-\x1f\x7f]+$')]
    audience: Line


ClosedThrough = Annotated[
    ShiftDay,
    Field(description="Records of shifts up to this date stay as they are; null opens all."),
]


class CompanyBody(Input):
    """What a company's own admin may write."""

    name: Line
    timezone: Zone
    oidc: Oidc | None = None
    payroll_closed_through: ClosedThrough | None = None


class CompanyChanges(Input):
    """Some of it."""

    name: Line | None = None
    timezone: Zone | None = None
    oidc: Oidc | None = None
    payroll_closed_through: ClosedThrough | None = None


class AnyCompanyBody(Input):
    """A company as superAdmin and saasAdmin write it; a suspended one cannot be used."""

    name: Line
    codename: Codename
    timezone: Zone
    suspended: Flag = False
    owner: NewOwner | None = None

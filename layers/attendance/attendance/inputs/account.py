"""Bodies of `/tenantowners` and `/login` (rest-api.md section 6)."""

from pydantic import Field

from attendance.inputs.fields import Codename, Email, Input, Line, Password, Url, Zone


class NewCompany(Input):
    """A company to be; `timezone` is its IANA zone."""

    name: Line
    codename: Codename
    timezone: Zone


class NewOwner(Input):
    """A company's first tenantAdmin."""

    email: Email
    password: Password
    fullname: Line
    avatar: Url | None = None


class TenantOwner(NewOwner):
    """A company with its owner."""

    company: NewCompany


class LogIn(Input):
    """Who wants in, and where; a company may be named by id or by codename."""

    email: Email
    password: str = Field(max_length=4096)
    company_id: str | None = Field(None, max_length=64)
    company_codename: str | None = Field(None, max_length=64)

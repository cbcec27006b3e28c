"""Bare answers about sessions and companies (rest-api.md sections 5 and 6)."""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from attendance_api.schemas.envelope import Documented, EnvelopeSchema
from attendance_api.schemas.shown import FoundingUser


class CurrentUser(Documented):
    """The session; `accessToken` is null when it came by cookie."""

    session_id: Annotated[str, Field(alias="sessionId")]
    user_id: Annotated[str, Field(alias="userId")]
    email: str
    fullname: str
    avatar: str | None
    role_id: Annotated[str, Field(alias="roleId")]
    department_id: Annotated[str | None, Field(alias="departmentId")]
    tenant_id: Annotated[str, Field(alias="tenantId")]
    company_id: Annotated[str, Field(alias="companyId")]
    company_codename: Annotated[str, Field(alias="companyCodename")]
    access_token: Annotated[str | None, Field(alias="accessToken")]
    issued_at: Annotated[str, Field(alias="issuedAt")]
    expires_at: Annotated[str | None, Field(alias="expiresAt")]


class LoggedOut(Documented):
    """The session has ended."""

    status: Literal["OK"]


class Permission(Documented):
    """A grant in effect."""

    id: Annotated[str, Field(examples=["role:attendance.checkIn"])]
    permission_name: Annotated[str, Field(alias="permissionName")]
    role_id: Annotated[str | None, Field(alias="roleId")]
    subject_user_id: Annotated[str | None, Field(alias="subjectUserId", examples=[None])]
    subject_user_group_id: Annotated[str | None, Field(alias="subjectUserGroupId", examples=[None])]
    object_id: Annotated[str | None, Field(alias="objectId", examples=[None])]
    can_do: Annotated[bool, Field(alias="canDo")]
    tenant_codename: Annotated[str, Field(alias="tenantCodename", examples=["acme"])]


class Permissions(RootModel[list[Permission]]):
    """Every grant in effect."""


class PermissionScope(Documented):
    """`exceptions` are the objects for which the opposite of `canDo` holds."""

    can_do: Annotated[bool, Field(alias="canDo")]
    exceptions: Annotated[list[str], Field(examples=[[]])]


class PublicKey(Documented):
    """One of them."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Annotated[str, Field(examples=["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])]
    kid: Annotated[str, Field(examples=["kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"])]
    use: Literal["sig"]
    alg: Literal["EdDSA"]


class KeySet(Documented):
    """The public keys that verify tokens (RFC 7517)."""

    keys: list[PublicKey]


class FoundedCompany(Documented):
    """A company that has just been made."""

    id: Annotated[str, Field(examples=["c-acme"])]
    codename: str
    name: str
    timezone: str


class TenantOwnerAnswer(EnvelopeSchema):
    """The company and, beside it, its owner."""

    status_code: Annotated[Literal["201"], Field(alias="statusCode")]
    company: FoundedCompany
    user: FoundingUser

"""What an agent sends to enrol."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class EnrollmentRequest(BaseModel):
    """`publicKey` is the raw Ed25519 public key, 32 bytes in base64url."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    enrollment_code: Annotated[str, Field(alias="enrollmentCode", min_length=16, max_length=128)]
    public_key: Annotated[
        str, Field(alias="publicKey", pattern=r"^[A-Za-z0-9_-]{43}=?$", description="base64url")
    ]
    hostname: Annotated[str, Field(max_length=255)]
    version: Annotated[str, Field(max_length=64)]

"""Answers of the health routes."""

from typing import Annotated, Literal

from pydantic import Field

from attendance_api.schemas.envelope import Documented

Word = Literal["up", "down"]


class HealthAnswer(Documented):
    """The service itself."""

    status: Word
    version: Annotated[str, Field(examples=["0.1.0"])]


class ChecksSchema(Documented):
    """What the service needs."""

    table: Word
    bus: Word


class AdminHealthAnswer(HealthAnswer):
    """The service and what it needs."""

    checks: ChecksSchema

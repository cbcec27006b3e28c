"""The answers of history and explain (rest-api.md section 4)."""

from typing import Annotated, Any

from pydantic import Field

from attendance_api.schemas.envelope import Documented, EnvelopeSchema, ListEnvelopeSchema
from attendance_api.schemas.records import AttendanceRecord


class RecordVersion(Documented):
    """One committed change of a record."""

    record_version: Annotated[int, Field(alias="recordVersion", ge=1, examples=[1])]
    at: Annotated[str, Field(examples=["2026-03-06T09:15:23.000Z"])]
    actor: Annotated[
        str, Field(description="user:…, device:…, sweep or directory", examples=["device:gate"])
    ]
    reason: str | None
    before: AttendanceRecord | None
    after: AttendanceRecord


class HistoryAnswer(ListEnvelopeSchema):
    """All versions of a record, oldest first."""

    history: list[RecordVersion]


class RuleSaid(Documented):
    """One rule that had a say."""

    rule: Annotated[str, Field(examples=["late"])]
    text: Annotated[str, Field(examples=["Checked in 6 minutes after the start."])]
    inputs: Annotated[dict[str, Any], Field(examples=[{"graceMinutes": 5, "minutes": 6}])]


class PunchesSeen(Documented):
    """The punches of the match."""

    used: list[dict[str, Any]]
    ignored: list[dict[str, Any]]


class Explanation(Documented):
    """Why a record says what it says."""

    rules: list[RuleSaid]
    punches: PunchesSeen
    candidates: dict[str, list[str]]
    policy_version: Annotated[int, Field(alias="policyVersion", examples=[0])]
    decisions: list[dict[str, Any]]


class ExplanationAnswer(EnvelopeSchema):
    """An explanation."""

    explanation: Explanation

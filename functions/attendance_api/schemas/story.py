"""The answers of history and explain (rest-api.md section 4)."""

from typing import Annotated, Any, Literal

from pydantic import Field

from attendance.domain.status import Status
from attendance_api.schemas.envelope import (
    Documented,
    EnvelopeSchema,
    ListEnvelopeSchema,
    Moment,
)
from attendance_api.schemas.records import AttendanceRecord

_AN_INSTANT = ["2026-03-06T09:15:23.000Z"]


class RecordVersion(Documented):
    """One committed change of a record."""

    record_version: Annotated[int, Field(alias="recordVersion", ge=1, examples=[1])]
    at: Annotated[str, Field(examples=["2026-03-06T09:15:23.000Z"])]
    actor: Annotated[
        str, Field(description="user:…, device:…, sweep or directory", examples=["device:gate"])
    ]
    reason: Annotated[str | None, Field(examples=[None])]
    before: AttendanceRecord | None
    after: AttendanceRecord


class HistoryAnswer(ListEnvelopeSchema):
    """All versions of a record, oldest first."""

    history: list[RecordVersion]


class RuleSaid(Documented):
    """One rule that had a say."""

    rule: Annotated[str, Field(examples=["late"])]
    text: Annotated[str, Field(examples=["Checked in 6 minutes after the start."])]
    inputs: Annotated[
        dict[str, Any],
        Field(
            description="What the rule looked at, by names of its own.",
            examples=[{"graceMinutes": 5, "minutes": 6}],
        ),
    ]


class EvidenceSeen(Documented):
    """A check-in or check-out through the API, as the match saw it."""

    id: Annotated[str, Field(examples=["0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"])]
    instant: Annotated[Moment | None, Field(examples=["2026-03-06T08:06:00.000Z"])]
    rule: Annotated[str | None, Field(description="How its time was read.", examples=[None])]


class PunchSeen(EvidenceSeen):
    """A punch, as the match saw it."""

    id: Annotated[str, Field(examples=["2026-03-06 09:06:00#principal#5#0#1"])]
    device_id: Annotated[str, Field(examples=["principal"])]
    user_id: Annotated[str, Field(description="The device number.", examples=["5"])]
    timestamp: Annotated[str, Field(examples=["2026-03-06 09:06:00"])]
    status: Annotated[int, Field(examples=[1])]
    punch: Annotated[int, Field(examples=[0])]
    uid: Annotated[int | None, Field(examples=[7])]
    log_index: Annotated[int | None, Field(examples=[3])]
    received_at: Annotated[Moment, Field(alias="receivedAt", examples=_AN_INSTANT)]
    released: Annotated[bool, Field(examples=[False])]
    matched: Annotated[bool, Field(examples=[True])]
    outcome: Annotated[str | None, Field(examples=["applied"])]
    matched_user_id: Annotated[str | None, Field(alias="userId", examples=["u-ana"])]
    shift_id: Annotated[str | None, Field(alias="shiftId", examples=["s-1"])]


_Reason = Annotated[str, Field(description="Its outcome (simulate.md).", examples=["duplicate"])]


class IgnoredEvidence(EvidenceSeen):
    """One that the record did not take."""

    reason: _Reason


class IgnoredPunch(PunchSeen):
    """One that the record did not take."""

    reason: _Reason


class PunchesSeen(Documented):
    """The punches of the match."""

    used: list[PunchSeen | EvidenceSeen]
    ignored: list[IgnoredPunch | IgnoredEvidence]


class DecidedFields(Documented):
    """What a manager said; null clears, what is not there was not spoken of."""

    check_in_time: Annotated[Moment | None, Field(alias="checkInTime", examples=[None])] = None
    check_out_time: Annotated[
        Moment | None, Field(alias="checkOutTime", examples=["2026-03-06T17:00:00.000Z"])
    ] = None
    status: Annotated[Status | None, Field(examples=[None])] = None
    absence_reason: Annotated[str | None, Field(alias="absenceReason", examples=[None])] = None
    manager_note: Annotated[
        str | None,
        Field(alias="managerNote", description="Not for employees.", examples=[None]),
    ] = None


class DecisionTold(Documented):
    """An absence that was marked, or a correction."""

    kind: Annotated[Literal["markAbsent", "correct"], Field(examples=["correct"])]
    id: Annotated[str, Field(examples=["0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"])]
    at: Annotated[Moment, Field(examples=["2026-03-06T18:00:00.000Z"])]
    actor: Annotated[str, Field(examples=["user:u-mia"])]
    reason: Annotated[str | None, Field(examples=["forgot to check out"])]
    set: DecidedFields


class Explanation(Documented):
    """Why a record says what it says."""

    rules: list[RuleSaid]
    punches: PunchesSeen
    candidates: Annotated[
        dict[str, list[str]],
        Field(
            description="Of each punch that fits several shifts, by its id: those shifts.",
            examples=[{"2026-03-06 09:06:00#principal#5#0#1": ["s-1", "s-2"]}],
        ),
    ]
    policy_version: Annotated[int, Field(alias="policyVersion", examples=[0])]
    decisions: list[DecisionTold]


class ExplanationAnswer(EnvelopeSchema):
    """An explanation."""

    explanation: Explanation

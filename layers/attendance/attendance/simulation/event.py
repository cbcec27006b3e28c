"""The events of a story, one class each; `do` tells them apart."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt, StrictStr

from attendance.domain.status import Status
from attendance.simulation.fields import Instant, PunchCode, RecordVersion
from attendance.simulation.model import StoryModel
from attendance.simulation.story_shift import ShiftEdit, StoryShift


class StoryRole(StrEnum):
    """Who acts."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    TENANT_ADMIN = "tenantAdmin"
    SUPER_ADMIN = "superAdmin"


class PunchEvent(StoryModel):
    """A line of a terminal's log; `timestamp` is its wall time, whatever it says."""

    do: Literal["punch"]
    timestamp: StrictStr
    device: StrictStr = ""
    user_id: Annotated[StrictStr | None, Field(alias="user_id")] = None
    status: StrictInt | None = None
    punch: PunchCode = None
    received_at: Instant | None = None


class ActionEvent(StoryModel):
    """A check-in or check-out through the API at an instant."""

    do: Literal["checkIn", "checkOut"]
    at: Instant
    shift_id: StrictStr
    by: StoryRole = StoryRole.EMPLOYEE
    idempotency_key: StrictStr | None = None


class MarkAbsentEvent(StoryModel):
    """A mark-absent."""

    do: Literal["markAbsent"]
    at: Instant
    shift_id: StrictStr
    by: StoryRole = StoryRole.MANAGER
    absence_reason: StrictStr | None = None
    manager_note: StrictStr | None = None
    idempotency_key: StrictStr | None = None


class CorrectedFields(StoryModel):
    """What a correction sets; null clears, what is left out stays."""

    check_in_time: Instant | None = None
    check_out_time: Instant | None = None
    status: Status | None = None
    absence_reason: StrictStr | None = None
    manager_note: StrictStr | None = None


class CorrectEvent(StoryModel):
    """A correction; `recordVersion` "stale" stands for an outdated one."""

    do: Literal["correct"]
    at: Instant
    shift_id: StrictStr
    by: StoryRole = StoryRole.MANAGER
    reason: StrictStr | None = None
    set: CorrectedFields = CorrectedFields()
    record_version: RecordVersion = None
    idempotency_key: StrictStr | None = None


class SweepEvent(StoryModel):
    """A sweep at an instant."""

    do: Literal["sweep"]
    at: Instant


class SetPolicyEvent(StoryModel):
    """A change of the policy."""

    do: Literal["setPolicy"]
    set: dict[str, Any]


class AddShiftEvent(StoryModel):
    """A new shift."""

    do: Literal["addShift"]
    shift: StoryShift


class EditShiftEvent(StoryModel):
    """A change of a shift."""

    do: Literal["editShift"]
    shift_id: StrictStr
    set: ShiftEdit


class AssignEvent(StoryModel):
    """An assignment of the person to a shift."""

    do: Literal["assign"]
    shift_id: StrictStr


class MapNumberEvent(StoryModel):
    """A device number that becomes the person's."""

    do: Literal["mapNumber"]
    user_id: Annotated[StrictStr, Field(alias="user_id")]


Event = Annotated[
    PunchEvent
    | ActionEvent
    | MarkAbsentEvent
    | CorrectEvent
    | SweepEvent
    | SetPolicyEvent
    | AddShiftEvent
    | EditShiftEvent
    | AssignEvent
    | MapNumberEvent,
    Field(discriminator="do"),
]

"""The attendance record and its answers (rest-api.md section 2)."""

from typing import Annotated, Literal

from pydantic import Field

from attendance.domain.status import Status
from attendance_api.schemas.envelope import Documented, EnvelopeSchema, ListEnvelopeSchema, Moment
from attendance_api.schemas.verdicts import RecordDetails

_AN_INSTANT = ["2026-03-06T09:15:23.000Z"]


class UserJoin(Documented):
    """The person, as copied into the record."""

    email: Annotated[str, Field(examples=["ana@acme.example"])]
    fullname: Annotated[str, Field(examples=["Ana Ruiz"])]
    avatar: str | None


class ShiftJoin(Documented):
    """The shift, as copied into the record."""

    shift_date: Annotated[str, Field(alias="shiftDate", examples=["2026-03-06"])]
    start_time: Annotated[str, Field(alias="startTime", examples=["09:00"])]
    end_time: Annotated[str, Field(alias="endTime", examples=["17:00"])]
    location: Annotated[str | None, Field(examples=["Plant 1"])]
    department_id: Annotated[str | None, Field(alias="departmentId", examples=["d-1"])]


class AttendanceRecord(Documented):
    """One person's attendance at one shift; all keys are always present."""

    id: Annotated[str, Field(examples=["MjAyNjAzMDYudS1hbmEucy0x"])]
    user_id: Annotated[str, Field(alias="userId", examples=["u-ana"])]
    shift_id: Annotated[str, Field(alias="shiftId", examples=["s-1"])]
    check_in_time: Annotated[Moment | None, Field(alias="checkInTime", examples=_AN_INSTANT)]
    check_out_time: Annotated[Moment | None, Field(alias="checkOutTime", examples=[None])]
    status: Annotated[Status, Field(examples=["late"])]
    status_idx: Annotated[int, Field(ge=0, le=4, examples=[3])]
    late_by_minutes: Annotated[int, Field(alias="lateByMinutes", ge=0, examples=[15])]
    absence_reason: Annotated[str | None, Field(alias="absenceReason", examples=[None])]
    manager_note: Annotated[
        str | None,
        Field(alias="managerNote", description="Null for employees.", examples=[None]),
    ]
    company_id: Annotated[str, Field(alias="companyId", examples=["c-acme"])]
    is_active: Annotated[bool, Field(alias="isActive", examples=[True])]
    record_version: Annotated[int, Field(alias="recordVersion", ge=1, examples=[1])]
    created_at: Annotated[Moment, Field(alias="createdAt", examples=_AN_INSTANT)]
    updated_at: Annotated[Moment, Field(alias="updatedAt", examples=_AN_INSTANT)]
    owner: Annotated[
        str, Field(alias="_owner", description="The employee's userId.", examples=["u-ana"])
    ]
    details: RecordDetails


class JoinedRecord(AttendanceRecord):
    """With the person and the shift, unless getJoins is false or excludeCQRS true."""

    user: UserJoin | None = None
    shift: ShiftJoin | None = None


class ChangedRecordAnswer(EnvelopeSchema):
    """A record after it was created or changed: plain, without joins."""

    attendance_record: Annotated[AttendanceRecord, Field(alias="attendanceRecord")]


class CreatedRecordAnswer(ChangedRecordAnswer):
    """A record that a check-in made."""

    status_code: Annotated[Literal["201"], Field(alias="statusCode")]


class RecordAnswer(EnvelopeSchema):
    """One record."""

    attendance_record: Annotated[JoinedRecord, Field(alias="attendanceRecord")]


class RecordsAnswer(ListEnvelopeSchema):
    """A page of records."""

    attendance_records: Annotated[list[JoinedRecord], Field(alias="attendanceRecords")]

"""`PATCH /v1/attendance-records/{attendanceRecordId}`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.inputs.field_types import Instant, StatusWord
from attendance.services.correct_record import CorrectRecord, correct_record
from attendance_api.record_answers import answer_record
from attendance_api.schemas.records import ChangedRecordAnswer

router = Router()

_Text = Annotated[StrictStr, Field(max_length=2000)]
_CORRECTED = {
    "check_in_time": "check_in",
    "check_out_time": "check_out",
    "status": "status",
    "absence_reason": "absence_reason",
    "manager_note": "manager_note",
}


class CorrectionBody(BaseModel):
    """A field that is absent is kept, null clears it."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "example": {
                "recordVersion": 1,
                "reason": "forgot to check out",
                "checkOutTime": "2026-03-06T17:00:00Z",
            }
        },
    )

    record_version: Annotated[StrictInt, Field(alias="recordVersion", ge=1)]
    reason: _Text | None = None
    check_in_time: Annotated[Instant | None, Field(alias="checkInTime")] = None
    check_out_time: Annotated[Instant | None, Field(alias="checkOutTime")] = None
    status: StatusWord | None = None
    absence_reason: Annotated[_Text | None, Field(alias="absenceReason")] = None
    manager_note: Annotated[_Text | None, Field(alias="managerNote")] = None

    def changes(self) -> dict[str, Any]:
        """What the manager spoke about, in the rules' words."""
        spoken = self.model_fields_set & _CORRECTED.keys()
        return {_CORRECTED[name]: getattr(self, name) for name in spoken}


@router.patch(
    "/v1/attendance-records/<attendance_record_id>",
    tags=["Attendance"],
    summary="Correct a record, with a reason",
    responses=answers(200, ChangedRecordAnswer),
)
def patch_record(
    attendance_record_id: str,
    body: Annotated[CorrectionBody, Body()],
) -> Response[Any]:
    """Corrected fields win over any punch, earlier or later; before and after are kept."""
    request, parts = current_request(router), runtime()
    session = request.session()
    command = CorrectRecord(
        record_id=attendance_record_id,
        record_version=body.record_version,
        reason=body.reason,
        changes=body.changes(),
    )
    seat = correct_record(parts, session, command, request_id=request.request_id)
    return answer_record(router, seat, action="update")

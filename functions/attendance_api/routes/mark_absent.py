"""`POST /v1/mark-absent`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import ConfigDict, Field

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.inputs.field_types import ClientId
from attendance.services.mark_absent import MarkAbsent, mark_absent
from attendance_api.bodies import RecordBody
from attendance_api.record_answers import answer_record
from attendance_api.schemas.records import ChangedRecordAnswer

router = Router()


class MarkAbsentBody(RecordBody):
    """Whose absence from which shift."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"userId": "u-ana", "shiftId": "s-1", "absenceReason": "sick"}
        }
    )

    user_id: Annotated[ClientId, Field(alias="userId", examples=["u-ana"])]
    shift_id: Annotated[ClientId, Field(alias="shiftId", examples=["s-1"])]


@router.post(
    "/v1/mark-absent",
    tags=["Attendance"],
    summary="Mark an employee absent from a shift",
    responses=answers(200, ChangedRecordAnswer),
)
def post_mark_absent(body: Annotated[MarkAbsentBody, Body()]) -> Response[Any]:
    """For managers; the record is made if there is none, refused if the person was there."""
    request, parts = current_request(router), runtime()
    session = request.session()
    command = MarkAbsent(
        user_id=body.user_id,
        shift_id=body.shift_id,
        absence_reason=body.absence_reason,
        manager_note=body.manager_note,
        ignored=body.given("status", "check_out_time", "late_by_minutes"),
    )
    seat = mark_absent(
        parts, session, command, request_id=request.request_id, attempt=request.attempt
    )
    return answer_record(router, seat, action="update", ignored=command.ignored)

"""`POST /v1/check-out`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import ConfigDict, Field

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.services.check_out import CheckOut, check_out
from attendance_api.bodies import RecordBody
from attendance_api.record_answers import answer_record
from attendance_api.schemas.records import ChangedRecordAnswer

router = Router()


class CheckOutBody(RecordBody):
    """`checkOutTime` defaults to now."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"attendanceRecordId": "MjAyNjAzMDYudS1hbmEucy0x"}}
    )

    attendance_record_id: Annotated[
        str, Field(alias="attendanceRecordId", examples=["MjAyNjAzMDYudS1hbmEucy0x"])
    ]


@router.post(
    "/v1/check-out",
    tags=["Attendance"],
    summary="Check out of a shift",
    responses=answers(200, ChangedRecordAnswer),
)
def post_check_out(body: Annotated[CheckOutBody, Body()]) -> Response[Any]:
    """Of his own record for an employee, of any for a manager; leftEarly is set by rule."""
    request, parts = current_request(router), runtime()
    session = request.session()
    command = CheckOut(
        record_id=body.attendance_record_id,
        at=body.check_out_time,
        ignored=body.given("status", "late_by_minutes", "absence_reason", "manager_note"),
    )
    seat = check_out(
        parts, session, command, request_id=request.request_id, attempt=request.attempt
    )
    return answer_record(router, seat, action="update", ignored=command.ignored)

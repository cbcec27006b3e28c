"""`POST /v1/check-in`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import ConfigDict, Field

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.inputs.field_types import ClientId, Instant
from attendance.services.check_in import CheckIn, check_in
from attendance_api.bodies import RecordBody
from attendance_api.record_answers import answer_record
from attendance_api.schemas.records import CreatedRecordAnswer

router = Router()


class CheckInBody(RecordBody):
    """`userId` defaults to the session's person, `checkInTime` to now."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"shiftId": "s-1", "userId": "u-ana", "checkInTime": "2026-03-06T09:15:23Z"}
        }
    )

    shift_id: Annotated[ClientId, Field(alias="shiftId", examples=["s-1"])]
    user_id: Annotated[ClientId | None, Field(alias="userId", examples=["u-ana"])] = None
    check_in_time: Annotated[
        Instant | None, Field(alias="checkInTime", examples=["2026-03-06T09:15:23Z"])
    ] = None


@router.post(
    "/v1/check-in",
    tags=["Attendance"],
    summary="Check in for an assigned shift",
    responses=answers(201, CreatedRecordAnswer),
)
def post_check_in(body: Annotated[CheckInBody, Body()]) -> Response[Any]:
    """An employee for himself, a manager for anyone; the server decides present or late."""
    request, parts = current_request(router), runtime()
    session = request.session()
    for_managers = () if session.may("attendance.manage") else ("absence_reason", "manager_note")
    command = CheckIn(
        shift_id=body.shift_id,
        user_id=body.user_id or session.user_id,
        at=body.check_in_time,
        check_out_at=body.check_out_time,
        absence_reason=body.absence_reason,
        manager_note=body.manager_note,
        ignored=body.given("status", "late_by_minutes", *for_managers),
    )
    seat = check_in(parts, session, command, request_id=request.request_id, attempt=request.attempt)
    return answer_record(router, seat, action="create", status=201, ignored=command.ignored)

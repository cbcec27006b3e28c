"""`GET /attendance/all`, the cloud's half (punches.md)."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import json_response
from attendance.http.query import documented_by, read_query
from attendance.inputs.field_types import Day, WholeNumber
from attendance.services.read_attendance_all import ReadAttendanceAll, read_attendance_all
from attendance_api.schemas.punches import AttendanceAllAnswer

router = Router()


class AttendanceAllQuery(BaseModel):
    """The document's two filters, and how far to read."""

    model_config = ConfigDict(defer_build=True, extra="ignore")

    user_id: Annotated[
        str | None,
        Field(description="The device number, exactly.", max_length=64, examples=["5"]),
    ] = None
    date: Annotated[Day | None, Field(description="Of the terminal's local time.")] = None
    limit: Annotated[WholeNumber, Field(ge=1, le=10_000)] = 10_000
    next: Annotated[str | None, Field(description="From the answer before.")] = None


@router.get(
    "/attendance/all",
    tags=["Punches"],
    summary="Punches of all terminals, newest first",
    responses=answers(200, AttendanceAllAnswer),
    openapi_extensions=documented_by(AttendanceAllQuery),
)
def get_attendance_all() -> Response[Any]:
    """The company's punches as ingested; an employee sees his own numbers only."""
    request, parts = current_request(router), runtime()
    session = request.session()
    query = read_query(request, AttendanceAllQuery)
    command = ReadAttendanceAll(
        number=query.user_id,
        day=None if query.date is None else query.date.isoformat(),
        limit=query.limit,
        after=query.next,
    )
    return json_response(200, read_attendance_all(parts, session, command))

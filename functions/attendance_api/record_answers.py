"""The answer to whatever writes an attendance record."""

from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.http.api import current_request
from attendance.model.seat import Seat
from attendance.services.present_record import present_record
from attendance_api.collection_routes import answer_one


def answer_record(
    router: Router, seat: Seat, *, action: str, status: int = 200, ignored: Sequence[str] = ()
) -> Response[Any]:
    """The record without joins; `ignored` are the fields that the server decided itself."""
    session = current_request(router).session()
    record = present_record(seat, session, ignored=ignored)
    return answer_one(router, "attendanceRecord", record, action=action, status=status)

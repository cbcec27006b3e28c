"""`GET /v1/attendance-records/{attendanceRecordId}/history` and `…/explain`."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import ListParts, Paging, envelope
from attendance.services.explain_record import explain_record
from attendance.services.list_history import list_history
from attendance.services.present_record import record_permissions
from attendance_api.schemas.story import ExplanationAnswer, HistoryAnswer

router = Router()


@router.get(
    "/v1/attendance-records/<attendance_record_id>/history",
    tags=["Attendance"],
    summary="Every version of a record",
    responses=answers(200, HistoryAnswer),
)
def get_history(attendance_record_id: str) -> Response[Any]:
    """Who changed what, when and why; managers, and the owner of the record."""
    request, parts = current_request(router), runtime()
    session = request.session()
    versions = list_history(parts, session, attendance_record_id)
    paging = Paging(page_number=0, page_row_count=len(versions), total_row_count=len(versions))
    return envelope(
        request,
        "history",
        versions,
        action="list",
        app_version=parts.settings.app_version,
        parts=ListParts(paging=paging, filters=(), ui_permissions=record_permissions(session)),
    )


@router.get(
    "/v1/attendance-records/<attendance_record_id>/explain",
    tags=["Attendance"],
    summary="Why a record says what it says",
    responses=answers(200, ExplanationAnswer),
)
def get_explanation(attendance_record_id: str) -> Response[Any]:
    """The rules in the order they spoke, with their numbers; managers, and the owner."""
    request, parts = current_request(router), runtime()
    found = explain_record(parts, request.session(), attendance_record_id)
    return envelope(
        request, "explanation", found, action="get", app_version=parts.settings.app_version
    )

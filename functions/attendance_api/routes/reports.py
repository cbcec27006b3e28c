"""`GET /v1/reports/rest`."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import ListParts, Paging, envelope
from attendance.http.query import documented_by, read_query
from attendance.inputs.report_query import RestQuery
from attendance.services.evidence_of_days import Days
from attendance.services.present_record import record_permissions
from attendance.services.report_rest import report_rest
from attendance.services.rows import PageWanted
from attendance_api.schemas.reports import RestReportAnswer

router = Router()


@router.get(
    "/v1/reports/rest",
    tags=["Reports"],
    summary="List rests under 11 hours and weeks over 48 hours",
    responses=answers(200, RestReportAnswer),
    openapi_extensions=documented_by(RestQuery),
)
def get_rest_report() -> Response[Any]:
    """Of the company for a manager, his own for an employee; it changes no status."""
    request, parts = current_request(router), runtime()
    session = request.session()
    query = read_query(request, RestQuery)
    first, last = query.days()
    page = PageWanted(number=query.page_number, size=query.page_row_count)
    found = report_rest(parts, session, Days(first=first, last=last), query.user_id, page)
    return envelope(
        request,
        "restReport",
        list(found.rows),
        action="list",
        app_version=parts.settings.app_version,
        parts=ListParts(
            paging=Paging(
                page_number=page.number, page_row_count=page.size, total_row_count=found.total
            ),
            filters=query.applied(),
            ui_permissions=record_permissions(session),
        ),
    )

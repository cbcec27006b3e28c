"""`GET /v1/reports/rest`."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.query import documented_by, read_query
from attendance.inputs.report_query import RestQuery
from attendance.services.evidence_of_days import Days
from attendance.services.present_record import record_permissions
from attendance.services.report_rest import report_rest
from attendance_api.list_answers import answer_list, page_wanted
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
    days = Days(first=first, last=last)
    found = report_rest(parts, session, days, query.user_id, page_wanted(query))
    return answer_list(
        router,
        "restReport",
        found,
        query,
        ui_permissions=record_permissions(session),
        filters=query.applied(),
    )

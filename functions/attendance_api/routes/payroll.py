"""`GET /v1/payroll/differences`."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import ListParts, Paging, envelope
from attendance.http.query import documented_by, read_query
from attendance.inputs.report_query import ReportQuery
from attendance.services.evidence_of_days import Days
from attendance.services.payroll_differences import payroll_differences
from attendance.services.present_record import record_permissions
from attendance.services.rows import PageWanted
from attendance_api.schemas.reports import PayrollDifferencesAnswer

router = Router()


@router.get(
    "/v1/payroll/differences",
    tags=["Reports"],
    summary="List closed records that would be judged otherwise now, and why",
    responses=answers(200, PayrollDifferencesAnswer),
    openapi_extensions=documented_by(ReportQuery),
)
def get_payroll_differences() -> Response[Any]:
    """For managers; judged on demand, nothing is stored. Empty where payroll is not closed."""
    request, parts = current_request(router), runtime()
    session = request.session()
    query = read_query(request, ReportQuery)
    first, last = query.days()
    page = PageWanted(number=query.page_number, size=query.page_row_count)
    found = payroll_differences(parts, session, Days(first=first, last=last), page)
    return envelope(
        request,
        "payrollDifferences",
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

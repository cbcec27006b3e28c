"""`GET /v1/payroll/differences`."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.query import documented_by, read_query
from attendance.inputs.report_query import ReportQuery
from attendance.services.evidence_of_days import Days
from attendance.services.payroll_differences import payroll_differences
from attendance.services.present_record import record_permissions
from attendance_api.list_answers import answer_list, page_wanted
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
    found = payroll_differences(parts, session, Days(first=first, last=last), page_wanted(query))
    return answer_list(
        router,
        "payrollDifferences",
        found,
        query,
        ui_permissions=record_permissions(session),
        filters=query.applied(),
    )

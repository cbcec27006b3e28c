"""`/v1/company`: the session's own company."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body

from attendance.http.documented import answers
from attendance.inputs.company import CompanyChanges
from attendance.inputs.partial import changes_in
from attendance.services.collections.companies import Companies
from attendance.services.own_company import change_own_company, get_own_company
from attendance_api.collection_routes import answer_one, caller_of
from attendance_api.schemas.directory import one_answer

router = Router()


@router.get(
    "/v1/company",
    tags=["Directory"],
    summary="Get the company",
    responses=answers(200, one_answer(Companies())),
)
def get_company() -> Response[Any]:
    """For everybody of the company."""
    return answer_one(router, "company", get_own_company(caller_of(router)), action="get")


@router.patch(
    "/v1/company",
    tags=["Directory"],
    summary="Change the company",
    responses=answers(200, one_answer(Companies())),
)
def patch_company(body: Annotated[CompanyChanges, Body()]) -> Response[Any]:
    """Name, time zone, trusted OpenID Connect issuer, and how far payroll is closed."""
    shown = change_own_company(caller_of(router), changes_in(body))
    return answer_one(router, "company", shown, action="update")

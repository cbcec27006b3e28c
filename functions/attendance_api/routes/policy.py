"""`/v1/policy`: the policy in force, and the versions made so far."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.query import documented_by, read_query
from attendance.inputs.policy import PolicyQuery
from attendance.services.collections.policies import Policies
from attendance.services.show_policy import show_policy
from attendance_api.collection_routes import add_create, add_list, answer_one, caller_of
from attendance_api.schemas.policy import PolicyAnswer

router = Router()


@router.get(
    "/v1/policy",
    tags=["Policy"],
    summary="Get the policy in force",
    responses=answers(200, PolicyAnswer),
    openapi_extensions=documented_by(PolicyQuery),
)
def get_policy() -> Response[Any]:
    """Today's of the company, or of another day, site or department."""
    query = read_query(current_request(router), PolicyQuery)
    shown = show_policy(
        caller_of(router), query.day, location=query.location, department_id=query.department_id
    )
    return answer_one(router, "policy", shown, action="get")


add_create(router, "/v1/policy", Policies())
add_list(router, "/v1/policy/versions", Policies())

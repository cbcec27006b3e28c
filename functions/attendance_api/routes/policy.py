"""`/v1/policy`: the policy in force, and the versions made so far."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body

from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.query import documented_by, read_query
from attendance.inputs.policy import PolicyQuery, PreviewBody
from attendance.services.collections.policies import Policies
from attendance.services.preview_policy import preview_policy
from attendance.services.show_policy import show_policy
from attendance_api.collection_routes import add_create, add_list, answer_one, caller_of
from attendance_api.schemas.policy import PolicyInForceAnswer
from attendance_api.schemas.preview import PreviewAnswer

router = Router()


@router.get(
    "/v1/policy",
    tags=["Policy"],
    summary="Get the policy in force",
    responses=answers(200, PolicyInForceAnswer),
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


@router.post(
    "/v1/policy/preview",
    tags=["Policy"],
    summary="See which records a policy would change; nothing is stored",
    responses=answers(200, PreviewAnswer),
)
def post_preview(body: Annotated[PreviewBody, Body()]) -> Response[Any]:
    """Judged by the very function that judges real records, on all that is stored."""
    wanted = body.model_dump(mode="json", by_alias=True)
    shown = preview_policy(caller_of(router), wanted)
    return answer_one(router, "preview", shown, action="get")

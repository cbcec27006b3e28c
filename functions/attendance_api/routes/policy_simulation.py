"""`POST /v1/policy/simulate` (simulate.md)."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, Field, create_model

from attendance.bootstrap import runtime
from attendance.errors import invalid_field
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import envelope
from attendance.inputs.policy import PolicyChanges
from attendance.inputs.told_as import ToldAs
from attendance.simulation import StoryError, simulate
from attendance.simulation.story import Story
from attendance_api.schemas.simulation import SimulationAnswer

router = Router()


def _story() -> type[BaseModel]:
    policy: Any = (PolicyChanges, Field(default_factory=dict))
    return create_model("PolicyStory", __base__=Story, __doc__=Story.__doc__, policy=policy)


@router.post(
    "/v1/policy/simulate",
    tags=["Policy"],
    summary="Try a policy on a story; nothing is stored",
    responses=answers(200, SimulationAnswer),
)
def post_simulation(
    body: Annotated[dict[str, Any], ToldAs(_story), Body()],
) -> Response[Any]:
    """Judged by the very function that judges real records, with a virtual clock."""
    request, parts = current_request(router), runtime()
    request.session().require("policy.simulate")
    try:
        simulation = simulate(body)
    except StoryError as error:
        raise invalid_field(error.path, error.expected.removeprefix("expected ")) from error
    return envelope(
        request,
        "simulation",
        simulation,
        action="get",
        app_version=parts.settings.app_version,
    )

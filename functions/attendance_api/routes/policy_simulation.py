"""`POST /v1/policy/simulate` (simulate.md)."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body

from attendance.bootstrap import runtime
from attendance.errors import invalid_field
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.envelope import envelope
from attendance.simulation import StoryError, simulate
from attendance_api.schemas.simulation import SimulationAnswer

router = Router()

EXAMPLE = {
    "timezone": "Europe/Madrid",
    "policy": {"lateGraceMinutes": 5},
    "shifts": [
        {"shiftId": "s1", "shiftDate": "2026-03-06", "startTime": "09:00", "endTime": "17:00"}
    ],
    "events": [{"do": "punch", "timestamp": "2026-03-06T09:06:10", "device": "gate", "punch": 0}],
}


@router.post(
    "/v1/policy/simulate",
    tags=["Policy"],
    summary="Try a policy on a story; nothing is stored",
    responses=answers(200, SimulationAnswer),
)
def post_simulation(body: Annotated[dict[str, Any], Body(examples=[EXAMPLE])]) -> Response[Any]:
    """Judged by the very function that judges real records, with a virtual clock."""
    request, parts = current_request(router), runtime()
    request.session().require("policy.simulate")
    try:
        simulation = simulate(body)
    except StoryError as error:
        raise invalid_field(error.path, str(error.expected)) from error
    return envelope(
        request,
        "simulation",
        simulation,
        action="get",
        app_version=parts.settings.app_version,
    )

"""`POST /v1/punches/release`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field, StrictStr

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.inputs.field_types import ClientId, Day
from attendance.inputs.fields import Input
from attendance.services.release_punches import (
    MOST_AT_ONCE,
    Released,
    ReleaseFilter,
    check_one_way,
    release_by_filter,
    release_by_ids,
)
from attendance_api.collection_routes import answer_one
from attendance_api.schemas.release import ReleaseAnswer

router = Router()

EXAMPLE = {"ids": ["2026-03-06 09:15:23#principal#5#0#1"], "reason": "the clock was wrong"}


class QuarantineFilter(Input):
    """Punches in quarantine; all that is given has to hold."""

    device_id: ClientId | None = None
    user_id: Annotated[ClientId | None, Field(description="Whose device numbers.")] = None
    date: Annotated[Day | None, Field(description="Terminal's local time.")] = None


class ReleaseBody(Input):
    """Either ids, as the list of punches tells them, or a filter; and why."""

    ids: Annotated[list[StrictStr] | None, Field(max_length=MOST_AT_ONCE)] = None
    filter: QuarantineFilter | None = None
    reason: Annotated[StrictStr | None, Field(max_length=2000)] = None


@router.post(
    "/v1/punches/release",
    tags=["Punches"],
    summary="Take punches out of quarantine, with a reason",
    responses=answers(200, ReleaseAnswer),
)
def post_release(body: Annotated[ReleaseBody, Body(examples=[EXAMPLE])]) -> Response[Any]:
    """Who, when and why is kept on each punch; the stream judges again."""
    request, parts = current_request(router), runtime()
    session, attempt = request.session(), request.attempt
    session.require("punches.release")
    check_one_way(body.ids, body.filter)
    if body.ids is not None:
        done = release_by_ids(parts, session, body.ids, body.reason, attempt)
    else:
        done = release_by_filter(parts, session, _wanted(body.filter), body.reason, attempt)
    return answer_one(router, "release", _shown(done), action="update")


def _wanted(given: QuarantineFilter | None) -> ReleaseFilter:
    if given is None:
        return ReleaseFilter()
    return ReleaseFilter(device_id=given.device_id, user_id=given.user_id, day=given.date)


def _shown(done: Released) -> dict[str, Any]:
    return {
        "released": len(done.released),
        "notFound": len(done.not_found),
        "notQuarantined": len(done.not_quarantined),
        "left": done.left,
        "releasedIds": list(done.released),
        "notFoundIds": list(done.not_found),
    }

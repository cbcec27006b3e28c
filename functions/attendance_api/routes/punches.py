"""`GET /v1/punches`."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import Field

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import answers
from attendance.http.query import documented_by, read_query
from attendance.inputs.field_types import ClientId, Day, Flag
from attendance.inputs.list_query import ListQuery
from attendance.services.list_punches import UI_PERMISSIONS, PunchFilters, list_punches
from attendance_api.list_answers import answer_list, page_wanted
from attendance_api.schemas.punches import PunchesAnswer

router = Router()


class PunchesQuery(ListQuery):
    """The filters of the list."""

    matched: Annotated[Flag | None, Field(description="Whether a record took the punch.")] = None
    user_id: Annotated[ClientId | None, Field(alias="userId")] = None
    device_id: Annotated[ClientId | None, Field(alias="deviceId")] = None
    day: Annotated[Day | None, Field(alias="date", description="Terminal's local time.")] = None

    def filters(self) -> PunchFilters:
        """The filters as the service takes them."""
        return PunchFilters(
            matched=self.matched,
            user_id=self.user_id,
            device_id=self.device_id,
            day=None if self.day is None else self.day.isoformat(),
        )

    def applied(self) -> list[tuple[str, list[str]]]:
        """The filters given, as the answer tells them."""
        given = {
            "matched": None if self.matched is None else str(self.matched).lower(),
            "userId": self.user_id,
            "deviceId": self.device_id,
            "date": None if self.day is None else self.day.isoformat(),
        }
        return [(name, [value]) for name, value in given.items() if value is not None]


@router.get(
    "/v1/punches",
    tags=["Punches"],
    summary="List punches and what became of them, newest first",
    responses=answers(200, PunchesAnswer),
    openapi_extensions=documented_by(PunchesQuery),
)
def get_punches() -> Response[Any]:
    """An employee sees his own numbers' punches, a manager the company's."""
    request, parts = current_request(router), runtime()
    session = request.session()
    query = read_query(request, PunchesQuery)
    found = list_punches(parts, session, query.filters(), page_wanted(query))
    may = [name for name in UI_PERMISSIONS if session.may(name)]
    return answer_list(router, "punches", found, query, ui_permissions=may, filters=query.applied())

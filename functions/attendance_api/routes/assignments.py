"""`/v1/shifts/{shiftId}/assignments`: who is expected on a shift."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, Field

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.envelope import envelope
from attendance.http.query import documented_by, read_query
from attendance.inputs.field_types import ClientId
from attendance.inputs.list_query import ListQuery
from attendance.inputs.places import AssignmentsBody
from attendance.services.assign_people import (
    MOST_PEOPLE,
    WRITE,
    assign_people,
    list_people,
    remove_people,
    replace_people,
)
from attendance.services.rows import Rows, page_of
from attendance_api.collection_routes import caller_of
from attendance_api.list_answers import answer_list, page_wanted

PATH = "/v1/shifts/<shift_id>/assignments"
TAG = "Directory"

router = Router()


@router.post(PATH, tags=[TAG], summary="Assign people to a shift")
def post_assignments(shift_id: str, body: Annotated[AssignmentsBody, Body()]) -> Response[Any]:
    """Add up to 100 people, all or none."""
    return _answer(shift_id, assign_people(caller_of(router), shift_id, body.user_ids), 201)


@router.put(PATH, tags=[TAG], summary="Replace the people of a shift")
def put_assignments(shift_id: str, body: Annotated[AssignmentsBody, Body()]) -> Response[Any]:
    """These people and no others, all or none."""
    people = replace_people(caller_of(router), shift_id, body.user_ids)
    return _answer(shift_id, people, 200, action="update")


class LeavingQuery(BaseModel):
    """Who is to leave."""

    user_ids: Annotated[
        list[ClientId],
        Field(
            alias="userIds",
            min_length=1,
            max_length=MOST_PEOPLE,
            description="Repeated, or in one value separated by commas.",
            examples=[["u-ana"]],
        ),
    ]


@router.delete(
    PATH,
    tags=[TAG],
    summary="Take people off a shift",
    openapi_extensions=documented_by(LeavingQuery),
)
def delete_assignments(shift_id: str) -> Response[Any]:
    """The people of `?userIds=`, repeated or separated by commas."""
    given = current_request(router).query.get("userIds", [])
    user_ids = [user_id for value in given for user_id in value.split(",") if user_id]
    people = remove_people(caller_of(router), shift_id, list(dict.fromkeys(user_ids)))
    return _answer(shift_id, people, 200, action="delete")


@router.get(
    PATH,
    tags=[TAG],
    summary="List the people of a shift",
    openapi_extensions=documented_by(ListQuery),
)
def list_assignments(shift_id: str) -> Response[Any]:
    """A page of a shift's people; for an employee himself, if he is one of them."""
    caller = caller_of(router)
    query = read_query(current_request(router), ListQuery)
    found = page_of(list_people(caller, shift_id), page_wanted(query))
    rows = Rows(rows=_rows(shift_id, list(found.rows)), total=found.total)
    may_write = [name for name in (WRITE,) if caller.session.may(name)]
    return answer_list(router, "assignments", rows, query, ui_permissions=may_write)


def _answer(
    shift_id: str, user_ids: list[str], status: int, action: str = "create"
) -> Response[Any]:
    return envelope(
        current_request(router),
        "assignments",
        _rows(shift_id, user_ids),
        action=action,
        app_version=runtime().settings.app_version,
        status=status,
    )


def _rows(shift_id: str, user_ids: list[str]) -> list[dict[str, str]]:
    return [{"userId": user_id, "shiftId": shift_id} for user_id in user_ids]

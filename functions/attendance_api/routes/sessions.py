"""`/currentuser` and `/permissions` (rest-api.md section 5): bare, with a 401 of their own."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.errors import UnauthenticatedError
from attendance.http.api import current_request
from attendance.http.current_user import current_user_body
from attendance.http.envelope import json_response
from attendance.model.session import Session
from attendance.services.show_permissions import show_permission, show_permissions

TAG = "Sessions"

router = Router()


@router.get("/currentuser", tags=[TAG], summary="The session's person and company")
def get_current_user() -> Response[Any]:
    """Who is logged in."""
    return _with_session(current_user_body)


@router.get("/permissions", tags=[TAG], summary="What the session may do")
def get_permissions() -> Response[Any]:
    """Every grant in effect, those of the role first."""
    return _with_session(show_permissions)


@router.get("/permissions/<permission_name>", tags=[TAG], summary="One permission")
def get_permission(permission_name: str) -> Response[Any]:
    """Whether the session may in general, and the objects for which the opposite holds."""
    return _with_session(lambda session: show_permission(session, permission_name))


def _with_session(show: Callable[[Session], Any]) -> Response[Any]:
    try:
        session = current_request(router).session()
    except UnauthenticatedError:
        return json_response(401, {"status": "ERR", "message": "No login found"})
    return json_response(200, show(session))

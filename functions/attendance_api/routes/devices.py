"""`/v1/devices`, and the token of a terminal that calls by itself."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from attendance.services.collections.devices import Devices
from attendance.services.make_push_token import make_push_token
from attendance_api.collection_routes import answer_one, caller_of, collection_router

_DEVICES = Devices()

router = collection_router("/v1/devices", _DEVICES)


@router.post(
    "/v1/devices/<object_id>/push-token",
    tags=["Directory"],
    summary="Make a terminal's ADMS token, shown this once",
)
def post_push_token(object_id: str) -> Response[Any]:
    """The token of `/iclock/{token}`; a former one counts no more."""
    token = make_push_token(caller_of(router), _DEVICES, object_id)
    return answer_one(router, "pushToken", token, action="create", status=201)

"""The refusals that a route may answer with (rest-api.md section 3)."""

from typing import Any

from pydantic import BaseModel

from attendance_api.openapi.models import reference_to
from attendance_api.openapi.security import PUBLIC, SIGNED
from attendance_api.schemas.envelope import AgentErrorSchema, ErrorSchema, NoLogin

ERRORS = {
    "400": "Something in the request is wrong; `detail` names the field and what was expected.",
    "401": "No valid session, or one that may not do this; `message` tells which.",
    "404": "Not there, or not in your company.",
    "409": "The state of things says no; `message` tells which.",
    "413": "The body is over its limit.",
    "415": "The body is not of the type the route takes.",
    "429": "Too often; `Retry-After` says when to come again.",
    "500": "Something on our side failed.",
    "503": "A dependency is throttling; safe to repeat.",
}
_WORDS = {
    "400": ("invalidPageNumber", "pageNumber: expected a whole number."),
    "401": ("loginRequired", "Send an access token, or log in first."),
    "404": ("notFound", "There is no such attendance record."),
    "409": ("alreadyCheckedIn", "The person has checked in for this shift already."),
    "413": ("tooLarge", "The body may have 1000000 bytes at most."),
    "415": ("unsupportedMediaType", "Send the body as application/json."),
    "429": ("throttled", "Too many attempts."),
    "500": ("internal", "Something on our side failed."),
    "503": ("throttled", "The table is busy; try again."),
}
_NAMES = {
    "400": "Invalid",
    "401": "NotAuthorized",
    "404": "NotFound",
    "409": "Conflict",
    "413": "TooLarge",
    "415": "UnsupportedMediaType",
    "429": "TooOften",
    "500": "Failed",
    "503": "Unavailable",
}
_OF_BODIES = {"409", "413", "415"}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
_LOG_IN = ("post", "/login")
_IDENTIFIED = SIGNED | {_LOG_IN, ("post", "/v1/agents/enroll")}
"""Routes without a session that are refused to whoever cannot show who he is."""

_NO_LOGIN_PATHS = ("/currentuser", "/permissions")


def add_refusals(method: str, path: str, operation: dict[str, Any]) -> None:
    """Add those that the route can give, in place."""
    answers = operation.setdefault("responses", {})
    answers.pop("422", None)
    for status in _statuses(method, path):
        name = _name(status, method, path)
        answers.setdefault(status, {"$ref": f"#/components/responses/{name}"})


def shared_refusals(schemas: dict[str, Any]) -> dict[str, Any]:
    """What `components.responses` has to hold, each with an example."""
    told = {_NAMES[status]: _answer(status, ErrorSchema, schemas) for status in ERRORS}
    told["TooOften"]["headers"] = _RETRY_AFTER
    told["AgentRefused"] = _answer("401", AgentErrorSchema, schemas)
    told["NoLogin"] = _answer("401", NoLogin, schemas)
    no_login = told["NoLogin"]["content"]["application/json"]
    no_login["schema"] = {"anyOf": [no_login["schema"], reference_to(ErrorSchema, schemas)]}
    return told


def _answer(status: str, model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, Any]:
    content = {"schema": reference_to(model, schemas), "example": _example(status, model)}
    return {"description": ERRORS[status], "content": {"application/json": content}}


def _statuses(method: str, path: str) -> list[str]:
    route = (method, path)
    left_out = set() if route == _LOG_IN else {"429"}
    if method == "get":
        left_out |= _OF_BODIES
    if route in PUBLIC | SIGNED:
        left_out |= {"404"} | (set() if route in _IDENTIFIED else {"401"})
    if route in _IDENTIFIED:
        left_out.add("409")
    return [status for status in ERRORS if status not in left_out]


def _name(status: str, method: str, path: str) -> str:
    if status == "401" and path.startswith(_NO_LOGIN_PATHS):
        return "NoLogin"
    if status == "401" and (method, path) in _IDENTIFIED - {_LOG_IN}:
        return "AgentRefused"
    return _NAMES[status]


def _example(status: str, model: type[BaseModel]) -> dict[str, Any]:
    if model is NoLogin:
        return {"status": "ERR", "message": "No login found"}
    refusal = _refusal(status)
    return refusal | ({"serverTime": refusal["date"]} if model is AgentErrorSchema else {})


def _refusal(status: str) -> dict[str, Any]:
    word, detail = _WORDS[status]
    return {
        "result": "ERR",
        "status": int(status),
        "message": f"errMsg_{word}",
        "errCode": int(status),
        "date": "2026-03-06T09:15:23.000Z",
        "detail": detail,
    }

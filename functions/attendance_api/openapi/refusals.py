"""The refusals that every route may answer with (rest-api.md section 3)."""

from typing import Any

from attendance_api.openapi.models import REFERENCE

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
_OF_BODIES = {"409", "413", "415"}


def add_refusals(method: str, operation: dict[str, Any]) -> None:
    """Add them with their examples, in place; those of bodies only where there is one."""
    answers = operation.setdefault("responses", {})
    answers.pop("422", None)
    schema = {"$ref": REFERENCE.format(model="ErrorSchema")}
    for status, description in ERRORS.items():
        if method != "get" or status not in _OF_BODIES:
            content = {"schema": schema, "example": _refusal(status)}
            answer = {"description": description, "content": {"application/json": content}}
            answers.setdefault(status, answer)


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

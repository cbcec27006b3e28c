"""The error body, and the one table from errors to answers (rest-api.md section 3)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from attendance.errors import AttendanceError, InvalidError, ThrottledError, invalid_field
from attendance.http.envelope import json_response
from attendance.times import to_iso

_PARTS_OF_A_REQUEST = {"body", "query", "path", "header"}
_OPENINGS = ("Value error, ", "Input should be ", "String should have ", "expected ")


def error_response(
    status: int, word: str, detail: str, retry_after: int | None = None
) -> Response[Any]:
    """The error body; `word` comes without its `errMsg_`, `retry_after` is in seconds."""
    body = {
        "result": "ERR",
        "status": status,
        "message": f"errMsg_{word}",
        "errCode": status,
        "date": to_iso(datetime.now(UTC)),
        "detail": detail,
    }
    headers: dict[str, str | list[str]] = {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return json_response(status, body, headers=headers)


def failure(error: AttendanceError) -> Response[Any]:
    """The answer to a refusal of ours."""
    retry_after = error.retry_after if isinstance(error, ThrottledError) else None
    return error_response(error.status, error.word, error.detail, retry_after)


def validation_failure(error: RequestValidationError) -> Response[Any]:
    """The answer to a request that does not fit its model: the first field that is wrong."""
    return failure(first_mistake(error.errors()))


def first_mistake(errors: Sequence[Any]) -> InvalidError:
    """A 400 from pydantic's list of mistakes: the first field that is wrong, what was expected."""
    first = errors[0]
    place = [str(part) for part in first["loc"] if str(part) not in _PARTS_OF_A_REQUEST]
    field = ".".join(place) or "body"
    if first["type"] == "missing":
        return invalid_field(field, "a value; it is missing")
    return invalid_field(field, _expected(first))


def _expected(error: Mapping[str, Any]) -> str:
    if error["type"] == "string_pattern_mismatch":
        return f"text of the form {error['ctx']['pattern']}"
    if error["type"] in {"model_attributes_type", "model_type"}:
        return "a JSON object"
    message = str(error["msg"])
    for opening in _OPENINGS:
        message = message.removeprefix(opening)
    return (message[:1].lower() + message[1:]).rstrip(".")

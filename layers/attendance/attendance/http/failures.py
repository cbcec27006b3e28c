"""The error body, and the one table from errors to answers (rest-api.md section 3)."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from attendance.errors import AttendanceError, ThrottledError
from attendance.http.envelope import json_response
from attendance.inputs.mistakes import first_mistake
from attendance.times import to_iso


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

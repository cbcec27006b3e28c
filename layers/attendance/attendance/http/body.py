"""The body of a request, looked at before anything parses it for good."""

import json
from typing import Any, NoReturn

from attendance.errors import InvalidError, MediaTypeError, TooLargeError
from attendance.http.request import Request

MAX_BODY_BYTES = 1_000_000


def require_body(request: Request, *, content_type: str) -> str:
    """The body of a route that is nothing without one; raises as `check_body`."""
    check_body(request, content_type=content_type)
    if not request.body:
        raise InvalidError("invalidBody", f"body: expected {content_type}; it is empty.")
    return request.body


def check_body(request: Request, *, content_type: str = "application/json") -> None:
    """Refuse a body that is too large, packed, of another type, or not sound JSON.

    Raises TooLargeError, MediaTypeError, or InvalidError (`invalidBody`); deep nesting, endless
    numbers, NaN and lone surrogates are bad JSON here, not surprises later.
    """
    if not request.body:
        return
    most_bytes = 4 * len(request.body)
    if most_bytes > MAX_BODY_BYTES and _bytes_of(request.body) > MAX_BODY_BYTES:
        raise TooLargeError("tooLarge", f"The body may have {MAX_BODY_BYTES} bytes at most.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise MediaTypeError("unsupportedMediaType", "Send the body without Content-Encoding.")
    if request.media_type != content_type:
        raise MediaTypeError("unsupportedMediaType", f"Send the body as {content_type}.")
    if content_type == "application/json":
        parse_json(request.body)


def _bytes_of(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))


def parse_json(text: str) -> Any:
    """Strict JSON. Raises InvalidError (`invalidBody`) for anything else."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        (json.dumps(value, ensure_ascii=False) if "\\u" in text else text).encode()
    except (ValueError, RecursionError) as error:
        raise _unsound(_what_is_wrong(error)) from error
    return value


def _what_is_wrong(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"it is broken at line {error.lineno}, column {error.colno}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeError):
        return "a text in it has half a character (a lone surrogate)"
    return "a number in it has too many digits"


def _refuse_constant(name: str) -> NoReturn:
    raise _unsound(f"{name} is none")


def _unsound(what: str) -> InvalidError:
    return InvalidError("invalidBody", f"body: expected sound JSON; {what}.")

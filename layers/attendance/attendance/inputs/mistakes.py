"""From pydantic's mistakes to a 400 that names the field (rest-api.md section 3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from attendance.errors import InvalidError, invalid_field

_PARTS_OF_A_REQUEST = {"body", "query", "path", "header"}
_OPENINGS = (
    "Value error, ",
    "Input should be ",
    "String should have ",
    "List should have ",
    "expected ",
)


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
    if error["type"] in {"literal_error", "enum"}:
        return f"one of {error['ctx']['expected'].replace(' or ', ', ').replace(chr(39), '')}"
    message = str(error["msg"])
    for opening in _OPENINGS:
        message = message.removeprefix(opening)
    message = message.replace(" after validation", "")
    return (message[:1].lower() + message[1:]).rstrip(".")

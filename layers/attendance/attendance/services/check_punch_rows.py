"""The rows of a batch one by one: a bad row is named, the rest is kept (punches.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from attendance.identity import ID_PATTERN

TIMESTAMP_FORMAT = "%Y-%m-%d %H:%M:%S"


def _wall_time(text: str) -> str:
    try:
        if datetime.strptime(text, TIMESTAMP_FORMAT).strftime(TIMESTAMP_FORMAT) == text:  # noqa: DTZ007
            return text
    except ValueError:
        pass
    raise PydanticCustomError("INVALID_TIME", "expected YYYY-MM-DD HH:MM:SS of the calendar")


def _storable(text: str) -> str:
    text.encode()
    return text


DeviceId = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN.pattern}$")]
SmallNumber = Annotated[int, Field(strict=True, ge=0, le=0xFFFFFFFF)]


class PunchRow(BaseModel):
    """One row of a batch; `timestamp` is the terminal's wall time."""

    model_config = ConfigDict(extra="ignore")

    device_id: DeviceId
    user_id: Annotated[
        str, StringConstraints(min_length=1, max_length=64), AfterValidator(_storable)
    ]
    timestamp: Annotated[str, AfterValidator(_wall_time)]
    status: SmallNumber
    punch: SmallNumber
    uid: SmallNumber | None = None
    log_index: SmallNumber | None = None


def check_row(row: Any) -> PunchRow | str:
    """The row, or the sentence that says which of its fields is wrong.

    A time that cannot be read is INVALID_TIME (rules.md section 1).
    """
    if not isinstance(row, Mapping):
        return "malformed: expected an object"
    try:
        return PunchRow.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        word = "INVALID_TIME" if first["type"] == "INVALID_TIME" else "malformed"
        message = str(first["msg"]).removeprefix("Value error, ")
        return f"{word} {field}: {message[:200]}"

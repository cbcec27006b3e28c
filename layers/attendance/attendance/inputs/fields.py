"""Types of the fields that directory bodies share; each says what it expected."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from attendance.adapters.passwords import MAX_PASSWORD_BYTES, MIN_PASSWORD_LENGTH
from attendance.domain.zones import zone_named


class Input(BaseModel):
    """A body in JSON's own names; names that no page names are ignored (section 1)."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", defer_build=True)

    def __repr__(self) -> str:
        """The names of what was given: a library may log a body, and never its content."""
        return f"{type(self).__name__}({', '.join(self.model_fields_set)})"


def _email(text: str) -> str:
    sound = re.fullmatch(r"[^@\s\"<>]{1,64}@[^@\s\"<>]{1,189}", text)
    if sound is None or not text.isprintable():
        raise ValueError("an e-mail address")
    return text.lower()


def _zone(text: str) -> str:
    zone_named(text)
    return text


def _password(text: str) -> str:
    if len(text) < MIN_PASSWORD_LENGTH or len(text.encode()) > MAX_PASSWORD_BYTES:
        raise ValueError(
            f"{MIN_PASSWORD_LENGTH} characters or more, and {MAX_PASSWORD_BYTES} bytes at most"
        )
    return text


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("text in one line, not empty")
    return text.strip()


Email = Annotated[str, AfterValidator(_email)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(_zone)]
Password = Annotated[str, AfterValidator(_password)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_line)]
Url = Annotated[str, Field(max_length=2000, pattern=r'^https?://[^\s"<>\x00-\x1f\x7f]+$')]
WallTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Codename = Annotated[str, Field(pattern=r"^[a-z0-9](-?[a-z0-9]){2,31}$")]
DeviceNumber = Annotated[str, Field(min_length=1, max_length=24), AfterValidator(_line)]

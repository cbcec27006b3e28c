"""The fields of a policy as models, made from the rules' own (rules.md section 9)."""

from dataclasses import fields
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from attendance.domain.direction import Direction
from attendance.domain.policy import Policy, json_name
from attendance.domain.policy_check import most_of

PunchCodeMap = dict[str, Direction | None]


@cache
def policy_model() -> type[BaseModel]:
    """A policy with all its fields, as answers show it."""
    example = Policy().as_mapping()
    config = ConfigDict(defer_build=True, extra="forbid", json_schema_extra={"example": example})
    told = "A policy with all its fields."
    return create_model("PolicyFields", __config__=config, __doc__=told, **_fields(required=True))


@cache
def policy_changes_model() -> type[BaseModel]:
    """Some fields of a policy; the others stay as the defaults have them."""
    config = ConfigDict(
        defer_build=True,
        extra="ignore",
        json_schema_extra={"example": {"lateGraceMinutes": 5, "windowBeforeMinutes": 60}},
    )
    told = "The fields that differ from the defaults."
    return create_model("PolicyChanges", __config__=config, __doc__=told, **_fields(required=False))


def _fields(*, required: bool) -> dict[str, Any]:
    values, hints = Policy().as_mapping(), get_type_hints(Policy)
    return {
        name: _field(hints[field.name], name, ... if required else values[name])
        for field in fields(Policy)
        for name in [json_name(field.name)]
    }


def _field(hint: Any, name: str, default: Any) -> tuple[Any, Any]:
    most = most_of(name)
    if most is not None:
        return Annotated[hint, Field(ge=0, le=most)], default
    return PunchCodeMap if name == "punchCodeMap" else hint, default

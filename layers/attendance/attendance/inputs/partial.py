"""The body of a PATCH, made from the body of its POST."""

from functools import cache
from typing import Any

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from attendance.inputs.fields import Input


@cache
def partial_of(model: type[Input], base: type[Input] = Input) -> type[Input]:
    """The same fields, none of them required: absent keeps, null clears; and those of `base`.

    Whether a field may be cleared is decided by the full model, which reads the outcome.
    """
    fields: dict[str, Any] = {
        name: (field.rebuild_annotation() | None, _told_as(field))
        for name, field in model.model_fields.items()
    }
    doc = f"{model.__name__}, in part: what is absent stays as it is."
    return create_model(f"{model.__name__}Changes", __base__=base, __doc__=doc, **fields)


def _told_as(field: FieldInfo) -> Any:
    """Nothing by default, under the field's own name in JSON."""
    return Field(None, alias=field.alias, description=field.description, examples=field.examples)


def with_changes(
    model: type[Input], kept: dict[str, Any], changes: dict[str, Any]
) -> dict[str, Any]:
    """What is kept with the changes, by JSON names; null empties a list."""
    lists = {
        field.alias or name
        for name, field in model.model_fields.items()
        if field.default_factory is list
    }
    spoken = {name: [] if v is None and name in lists else v for name, v in changes.items()}
    return {**kept, **spoken}


def changes_in(changes: Input) -> dict[str, Any]:
    """What a PATCH says, by JSON names."""
    return changes.model_dump(mode="json", by_alias=True, exclude_unset=True)

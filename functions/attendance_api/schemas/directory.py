"""Answers of the collections, described from the bodies they take."""

from typing import Annotated, Any

from pydantic import Field, create_model

from attendance.services.collections.shelf import Shelf
from attendance_api.schemas.envelope import EnvelopeSchema, ListEnvelopeSchema
from attendance_api.schemas.shown import SHOWN, Shown

_UNSHOWN = {"password", "owner"}
_IRREGULAR = {"company": "companies", "policy": "policies"}


def one_answer(shelf: Shelf) -> type[EnvelopeSchema]:
    """The envelope around one object."""
    title = _title(shelf.data_name)
    field: Any = (_shown(shelf), ...)
    return create_model(f"{title}Answer", __base__=EnvelopeSchema, **{shelf.data_name: field})


def list_answer(shelf: Shelf) -> type[ListEnvelopeSchema]:
    """The envelope around a page of objects."""
    plural = plural_of(shelf.data_name)
    field: Any = (list[_shown(shelf)], ...)  # type: ignore[misc]  # a model made at run time
    return create_model(f"{_title(plural)}Answer", __base__=ListEnvelopeSchema, **{plural: field})


def plural_of(data_name: str) -> str:
    """`dataName` of a list (rest-api.md section 7)."""
    return _IRREGULAR.get(data_name, f"{data_name}s")


def _shown(shelf: Shelf) -> type[Shown]:
    base = SHOWN.get(shelf.data_name, Shown)
    fields: dict[str, Any] = {
        name: _field(field)
        for name, field in shelf.body.model_fields.items()
        if name not in _UNSHOWN and name not in base.model_fields
    }
    return create_model(_title(shelf.data_name), __base__=base, **fields)


def _field(field: Any) -> tuple[Any, Any]:
    told = field.rebuild_annotation()
    if field.is_required():
        return Annotated[told, Field(alias=field.alias)], ...
    return told | None, Field(None, alias=field.alias)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]

"""Answers of the collections, described from the bodies they take."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, create_model

from attendance.services.collections.shelf import Shelf
from attendance_api.schemas.envelope import Documented, EnvelopeSchema, ListEnvelopeSchema

_UNSHOWN = {"password"}
_IRREGULAR = {"company": "companies", "policy": "policies"}


class Shown(Documented):
    """What every object of a company carries."""

    model_config = ConfigDict(extra="allow")

    id: str
    company_id: Annotated[str, Field(alias="companyId")]
    is_active: Annotated[bool, Field(alias="isActive")]
    created_at: Annotated[str, Field(alias="createdAt")]
    updated_at: Annotated[str, Field(alias="updatedAt")]


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
    fields: dict[str, Any] = {
        f"{name}_" if name in Shown.model_fields else name: (
            field.rebuild_annotation() | None,
            Field(None, alias=field.alias),
        )
        for name, field in shelf.body.model_fields.items()
        if name not in _UNSHOWN
    }
    return create_model(_title(shelf.data_name), __base__=Shown, **fields)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]

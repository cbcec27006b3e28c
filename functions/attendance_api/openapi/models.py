"""Models as schemas of the document."""

from typing import Any

from pydantic import BaseModel

REFERENCE = "#/components/schemas/{model}"


def register(schemas: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Add a model and what it refers to; its own schema."""
    schema = model.model_json_schema(by_alias=True, ref_template=REFERENCE)
    schemas |= schema.pop("$defs", {})
    schemas[model.__name__] = schema
    return schema


def reference_to(model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, Any]:
    """A reference to a model, which is added if it is not there."""
    register(schemas, model)
    return {"$ref": REFERENCE.format(model=model.__name__)}

"""Models as schemas of the document."""

from typing import Any

from pydantic import BaseModel

REFERENCE = "#/components/schemas/{model}"


def register(schemas: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Add a model and what it refers to; its own schema."""
    schema = model.model_json_schema(by_alias=True, ref_template=REFERENCE)
    add(schemas, {**schema.pop("$defs", {}), model.__name__: schema})
    return schema


def add(schemas: dict[str, Any], more: dict[str, Any]) -> None:
    """Add schemas by name. Raises ValueError where one name would mean two things."""
    for name, schema in more.items():
        if schemas.setdefault(name, schema) != schema:
            raise ValueError(f"two schemas are called {name}")


def reference_to(model: type[BaseModel], schemas: dict[str, Any]) -> dict[str, Any]:
    """A reference to a model, which is added if it is not there."""
    register(schemas, model)
    return {"$ref": REFERENCE.format(model=model.__name__)}

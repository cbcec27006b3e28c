"""An example for a schema: the one it gives, or one put together from its parts."""

from typing import Any

MAX_DEPTH = 20
_PLAIN = {"string": "text", "integer": 1, "number": 1.0, "boolean": True, "null": None}


def example_of(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0) -> Any:
    """JSON-ready; `schemas` are the document's, for what the schema refers to."""
    for key in ("example", "const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if depth == MAX_DEPTH:
        return None
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth + 1)
    for key in ("anyOf", "oneOf", "allOf"):
        if schema.get(key):
            return example_of(schema[key][0], schemas, depth + 1)
    return _of_type(schema, schemas, depth + 1)


def _of_type(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> Any:
    kind = schema.get("type", "object")
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas, depth)]
    if kind == "object":
        parts = schema.get("properties", {})
        return {name: example_of(part, schemas, depth) for name, part in parts.items()}
    return _PLAIN.get(kind)

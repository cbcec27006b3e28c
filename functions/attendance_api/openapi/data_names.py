"""Every envelope says under which key its object or list is, and the schema says it too."""

from typing import Any

from attendance_api.schemas.envelope import ListEnvelopeSchema

ENVELOPE_KEYS = frozenset(
    field.alias or name for name, field in ListEnvelopeSchema.model_fields.items()
)


def tell_data_names(schemas: dict[str, Any]) -> None:
    """Make `dataName` of each envelope's schema the one word it can be, in place."""
    for schema in schemas.values():
        properties = schema.get("properties", {})
        data_name = data_name_of(properties)
        if data_name is not None:
            properties["dataName"] = {"type": "string", "const": data_name}


def data_name_of(properties: dict[str, Any]) -> str | None:
    """The key beside the envelope's own, the first where a page puts more; None without one."""
    if "dataName" not in properties:
        return None
    return next((name for name in properties if name not in ENVELOPE_KEYS), None)

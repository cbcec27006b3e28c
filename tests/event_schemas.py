"""The JSON Schemas of published events, ready to check with."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).parents[1] / "events" / "schemas"
LOADED: dict[str, Any] = {
    path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in LOADED.items()
)
DETAIL_TYPES = sorted(name.removesuffix(".json") for name in LOADED if name.count(".") == 2)


def check_event(event: dict[str, Any]) -> None:
    """Raise unless an EventBridge event's detail is as the schema of its detail-type says."""
    schema = LOADED[f"{event['detail-type']}.json"]
    Draft202012Validator(schema, registry=REGISTRY).validate(event["detail"])

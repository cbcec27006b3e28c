"""The AsyncAPI 3.0 document of the events, made from the JSON Schemas in `events/schemas/`.

`python -m tests.kept_asyncapi` (or `make documents`) writes it to `events/asyncapi.json`.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[1]
EVENTS = REPOSITORY / "events"
KEPT = EVENTS / "asyncapi.json"

DESCRIPTION = """What the attendance service publishes, and what it takes from sibling services.

Every message is an EventBridge event; subscribe with an ordinary rule on `source` and
`detail-type`. Delivery is at least once: the same change always carries the same `eventId`, and a
record's `recordVersion` rises by one a change. docs/events.md says what may be relied on."""

_OURS = {"type": "string", "const": "attendance"}
_THEIRS = {"type": "string", "description": "One that the parameter DirectorySources names."}
_BUS = {"eventBusName": {"description": "The output EventBusName of the stack."}}


def asyncapi_document() -> dict[str, Any]:
    """The document; each schema file is a component, each detail-type a message."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    published = _schemas(EVENTS / "schemas", "")
    taken = _schemas(EVENTS / "schemas" / "incoming", "incoming.")
    sent = {name: name for name in published if "." in name}
    received = {name.removeprefix("incoming."): name for name in taken}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Attendance events",
            "version": project["version"],
            "description": DESCRIPTION,
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "published": _channel("What the service tells.", sent),
            "directory": _channel("What sibling services tell it of people and shifts.", received),
        },
        "operations": {
            "publish": _operation("send", "published", sent, "A change was committed."),
            "takeDirectoryEvent": _operation(
                "receive", "directory", received, "People, shifts and assignments follow."
            ),
        },
        "components": {
            "messages": {
                **{kind: _message(kind, published[name], _OURS) for kind, name in sent.items()},
                **{kind: _message(kind, taken[name], _THEIRS) for kind, name in received.items()},
            },
            "schemas": published | taken,
        },
    }


def _schemas(folder: Path, prefix: str) -> dict[str, dict[str, Any]]:
    """By file name without its ending; references lead to components."""
    return {
        prefix + path.name.removesuffix(".json"): _as_component(json.loads(path.read_text()))
        for path in sorted(folder.glob("*.json"))
    }


def _as_component(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_as_component(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: f"#/components/schemas/{value.removesuffix('.json')}"
        if key == "$ref"
        else _as_component(value)
        for key, value in schema.items()
        if key not in ("$schema", "$id")
    }


def _channel(description: str, kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "address": "{eventBusName}",
        "description": description,
        "parameters": _BUS,
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"} for kind in kinds},
    }


def _operation(action: str, channel: str, kinds: dict[str, str], summary: str) -> dict[str, Any]:
    place = f"#/channels/{channel}"
    return {
        "action": action,
        "channel": {"$ref": place},
        "summary": summary,
        "messages": [{"$ref": f"{place}/messages/{kind}"} for kind in kinds],
    }


def _message(kind: str, schema: dict[str, Any], source: dict[str, Any]) -> dict[str, Any]:
    name = kind if source is _OURS else f"incoming.{kind}"
    told = {"correlationId": {"location": "$message.payload#/detail/metadata/requestId"}}
    return {
        "name": kind,
        "title": kind,
        "summary": schema.get("description", schema["title"]),
        **(told if source is _OURS else {}),
        "payload": {
            "type": "object",
            "required": ["source", "detail-type", "detail"],
            "properties": {
                "source": source,
                "detail-type": {"type": "string", "const": kind},
                "detail": {"$ref": f"#/components/schemas/{name}"},
            },
        },
    }


def text_of(document: dict[str, Any]) -> str:
    """As it stands in the file."""
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n"


def main() -> None:
    """Write it."""
    KEPT.write_text(text_of(asyncapi_document()))


if __name__ == "__main__":
    main()

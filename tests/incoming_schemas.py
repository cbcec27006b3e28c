"""JSON Schemas of the events that are taken, made from the models that read them.

`python -m tests.incoming_schemas` writes them to `events/schemas/incoming/`.
"""

import json
from pathlib import Path
from typing import Any

from attendance.domain.permissions import COMPANY_ROLES
from attendance.inputs.directory_event import EventDetail
from attendance.inputs.fields import Input
from attendance.inputs.people import UserBody
from attendance.inputs.places import AssignmentBody, ShiftBody

FOLDER = Path(__file__).parents[1] / "events" / "schemas" / "incoming"
BODIES: dict[str, tuple[type[Input], tuple[str, ...]]] = {
    "user": (UserBody, ("userId",)),
    "shift": (ShiftBody, ("shiftId",)),
    "shiftAssignment": (AssignmentBody, ("shiftId", "userId")),
}
"""Which body the data of each kind is, and by which of its fields it is known."""


def incoming_schemas() -> dict[str, dict[str, Any]]:
    """The schema of an event's `detail` by detail-type."""
    made = {}
    for kind, (body, id_fields) in BODIES.items():
        data = _plain(body.model_json_schema(by_alias=True))
        data.pop("$defs", None)
        if "roleId" in data["properties"]:
            data["properties"]["roleId"] = {"type": "string", "enum": sorted(COMPANY_ROLES)}
        for name in id_fields:
            data["properties"][name] = _required_id(data["properties"][name])
        data["required"] = sorted({*data.get("required", []), *id_fields})
        known_by = {name: data["properties"][name] for name in id_fields}
        gone = {"type": "object", "required": list(id_fields), "properties": known_by}
        made[f"{kind}.upserted"] = _schema(f"{kind}.upserted", data)
        made[f"{kind}.deleted"] = _schema(f"{kind}.deleted", gone)
    return made


def _schema(detail_type: str, data: dict[str, Any]) -> dict[str, Any]:
    detail = _plain(EventDetail.model_json_schema(by_alias=True))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"incoming/{detail_type}.json",
        "title": f"The detail of {detail_type}, as sibling services send it",
        **{key: detail[key] for key in ("type", "required", "properties")},
    }
    schema["properties"]["data"] = data
    return schema


def _required_id(field: dict[str, Any]) -> dict[str, Any]:
    (given,) = [o for o in field.get("anyOf", [field]) if o != {"type": "null"}]
    return given


def _plain(schema: Any) -> Any:
    """Without titles, and without defaults: what is absent keeps what there is."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _plain(part)
        for key, part in schema.items()
        if not (key == "title" and isinstance(part, str)) and key != "default"
    }


def main() -> None:
    """Write every schema to its file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for detail_type, schema in incoming_schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        (FOLDER / f"{detail_type}.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main()

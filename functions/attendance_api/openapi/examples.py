"""An example for a schema: the one it gives, or one put together from its parts."""

from copy import deepcopy
from typing import Any

from attendance_api.openapi.data_names import data_name_of

MAX_DEPTH = 20
_NONE = object()
_ONLY_LOOK = {"/v1/policy/preview", "/v1/policy/simulate"}
_PLAIN = {"string": "text", "integer": 1, "number": 1.0, "boolean": True, "null": None}
_OF_FORMAT = {"date": "2026-03-06", "date-time": "2026-03-06T09:15:23.000Z"}

BY_NAME: dict[str, Any] = {
    "accessToken": "eyJhbGciOiJFZERTQSIsImtpZCI6IjEifQ.eyJzdWIiOiJ1LWFuYSJ9.c2lnbmF0dXJl",
    "agentId": "c-acme_0f1e2d3c4b5a6978",
    "date": "2026-12-25",
    "deviceIds": ["principal"],
    "direction": "in",
    "from": "2026-08-03",
    "groupId": None,
    "hostname": "plant-1",
    "kind": "vacation",
    "name": "Acme",
    "objectId": None,
    "serialNumber": "A8N5201260001",
    "to": "2026-08-14",
    "userIds": ["u-ana"],
    "avatar": "https://acme.example/ana.png",
    "audience": "attendance",
    "codename": "acme",
    "companyCodename": "acme",
    "companyId": "c-acme",
    "createdAt": "2026-03-06T09:15:23.000Z",
    "departmentId": "d-1",
    "deviceUserIds": ["5", "105"],
    "deviceId": "principal",
    "email": "ana@acme.example",
    "employedFrom": "2026-01-01",
    "employedTo": None,
    "endTime": "17:00",
    "enrollmentCode": "Wq3n0cVYxk2m8T5hJd7RbA",
    "expiresAt": "2026-03-06T10:15:23.000Z",
    "fullname": "Ana Ruiz",
    "id": "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0",
    "issuedAt": "2026-03-06T09:15:23.000Z",
    "issuer": "https://login.acme.example",
    "location": "Plant 1",
    "password": "a-long-enough-password",
    "permissionName": "attendance.markAbsent",
    "publicKey": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "roleId": "employee",
    "serverTime": "2026-03-06T09:15:23.000Z",
    "sessionId": "s-1",
    "shiftDate": "2026-03-06",
    "shiftId": "s-1",
    "startTime": "09:00",
    "tenantId": "c-acme",
    "timezone": "Europe/Madrid",
    "updatedAt": "2026-03-06T09:15:23.000Z",
    "userId": "u-ana",
}
"""For fields whose schema gives no example: one name means one thing everywhere."""


def add_examples(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    """Give the request and every answer in JSON the example they lack, in place."""
    _add_example(operation.get("requestBody", {}).get("content", {}), schemas)
    for status, answer in operation["responses"].items():
        content = answer.get("content", {})
        _add_example(content, schemas)
        told = content.get("application/json", {}).get("example")
        data_name = data_name_of(told) if isinstance(told, dict) else None
        if data_name is not None:
            action = _action(method, path, status, is_list="paging" in told)
            told |= {"statusCode": status, "dataName": data_name, "method": method.upper()}
            told |= {"action": action, **_narrowed(data_name, told)}


def _add_example(content: dict[str, Any], schemas: dict[str, Any]) -> None:
    told = content.get("application/json")
    if told and "example" not in told and told.get("schema"):
        told["example"] = example_of(told["schema"], schemas)


def _action(method: str, path: str, status: str, *, is_list: bool) -> str:
    if status == "201":
        return "create"
    if method == "get" or path in _ONLY_LOOK:
        return "list" if is_list else "get"
    return "delete" if method == "delete" else "update"


def _narrowed(data_name: str, told: dict[str, Any]) -> dict[str, Any]:
    """Filters and permissions are told of one list; others have none of those."""
    if data_name == "attendanceRecords" or "paging" not in told:
        return {}
    return {"filters": [], "uiPermissions": []}


def example_of(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0) -> Any:
    """JSON-ready; `schemas` are the document's, for what the schema refers to."""
    told = _told_example(schema)
    if told is not _NONE:
        return deepcopy(told)
    if depth == MAX_DEPTH:
        return None
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth + 1)
    for key in ("anyOf", "oneOf", "allOf"):
        if schema.get(key):
            return example_of(schema[key][0], schemas, depth + 1)
    return _of_type(schema, schemas, depth + 1)


def _told_example(schema: dict[str, Any]) -> Any:
    for key in ("example", "const"):
        if schema.get(key) is not None:
            return schema[key]
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    return _NONE if schema.get("default") is None else schema["default"]


def _of_type(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> Any:
    kind = schema.get("type", "object")
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas, depth)]
    if kind == "object":
        parts = schema.get("properties", {})
        told = {name: _of_part(name, part, schemas, depth) for name, part in parts.items()}
        return told | _own_id(schema.get("title", ""), told)
    return _OF_FORMAT.get(schema.get("format", ""), _PLAIN.get(kind))


def _of_part(name: str, part: dict[str, Any], schemas: dict[str, Any], depth: int) -> Any:
    told = {"example", "examples", "const"} & part.keys()
    if name in BY_NAME and not told and _may_be(BY_NAME[name], part, schemas):
        return BY_NAME[name]
    return example_of(part, schemas, depth)


def _may_be(value: Any, part: dict[str, Any], schemas: dict[str, Any]) -> bool:
    """Whether a value is one of the fixed words of a part, or of its kind where it has none."""
    if "anyOf" in part:
        return any(_may_be(value, option, schemas) for option in part["anyOf"])
    meant = schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    if "enum" in meant:
        return value in meant["enum"]
    if meant.get("type") == "null":
        return value is None
    return meant.get("type") != "object" or isinstance(value, dict)


def _own_id(title: str, told: dict[str, Any]) -> dict[str, Any]:
    """A user's `id` is its `userId`, and so for what else has an id of its own name."""
    own = f"{title[:1].lower()}{title[1:]}Id"
    return {"id": told[own]} if own in told and "id" in told else {}

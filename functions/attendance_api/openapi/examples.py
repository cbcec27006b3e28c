"""An example for a schema: the one it gives, or one put together from its parts."""

from typing import Any

from attendance_api.openapi.data_names import data_name_of

MAX_DEPTH = 20
_PLAIN = {"string": "text", "integer": 1, "number": 1.0, "boolean": True, "null": None}
_OF_FORMAT = {"date": "2026-03-06", "date-time": "2026-03-06T09:15:23.000Z"}

BY_NAME: dict[str, Any] = {
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


def add_examples(method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Give the request and every answer in JSON the example they lack, in place."""
    contents = [answer.get("content", {}) for answer in operation["responses"].values()]
    for content in (*contents, operation.get("requestBody", {}).get("content", {})):
        json_content = content.get("application/json")
        if json_content and "example" not in json_content and json_content.get("schema"):
            example = example_of(json_content["schema"], schemas)
            json_content["example"] = _told_apart(method, example)


def _told_apart(method: str, example: Any) -> Any:
    """An envelope's example with the words that depend on the route."""
    data_name = data_name_of(example) if isinstance(example, dict) else None
    if data_name is None:
        return example
    plain = "list" if "paging" in example else "get"
    action = {"post": "create", "delete": "delete", "get": plain}.get(method, "update")
    if example["statusCode"] == "200" and action == "create":
        action = "update"
    return {**example, "dataName": data_name, "method": method.upper(), "action": action}


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
        return {name: _of_part(name, part, schemas, depth) for name, part in parts.items()}
    return _OF_FORMAT.get(schema.get("format", ""), _PLAIN.get(kind))


def _of_part(name: str, part: dict[str, Any], schemas: dict[str, Any], depth: int) -> Any:
    told = {"example", "examples", "const", "enum", "$ref"} & part.keys()
    if name in BY_NAME and not told:
        return BY_NAME[name]
    return example_of(part, schemas, depth)

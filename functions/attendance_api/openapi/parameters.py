"""The parameters of every operation: its query's, and those that all have."""

from pkgutil import resolve_name
from typing import Any

from pydantic import BaseModel

from attendance_api.openapi.models import REFERENCE, add
from attendance_api.openapi.security import security_of

_KEYWORDS = {"ge": "minimum", "le": "maximum"}
_REQUEST_ID = {
    "name": "requestId",
    "in": "query",
    "required": False,
    "description": "Echoed in the envelope, in log lines and on events.",
    "schema": {"type": "string", "maxLength": 128},
}
_COMPANY_ID = {
    "name": "companyId",
    "required": False,
    "description": "The company meant, where it is not the session's own: header, or else query.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
}
_OF_SESSIONS = [_REQUEST_ID, {**_COMPANY_ID, "in": "header"}, {**_COMPANY_ID, "in": "query"}]
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body get the same answer for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def add_parameters(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    """Add them in place; a route names its query's model by `x-query`."""
    parameters = operation.get("parameters", [])
    model = operation.pop("x-query", None)
    if model is not None:
        parameters += _query_parameters(resolve_name(model), schemas)
    if security_of(method, path) is None:
        parameters += _OF_SESSIONS
        parameters += [_IDEMPOTENCY_KEY] if method == "post" else []
    elif method == "post":
        parameters.append(_REQUEST_ID)
    if parameters:
        operation["parameters"] = parameters


def _query_parameters(model: type[BaseModel], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    schema = model.model_json_schema(by_alias=True, ref_template=REFERENCE)
    add(schemas, schema.pop("$defs", {}))
    required = schema.get("required", ())
    return [
        _query_parameter(name, field, required=name in required)
        for name, field in schema["properties"].items()
    ]


def _query_parameter(name: str, field: dict[str, Any], *, required: bool) -> dict[str, Any]:
    given = [option for option in field.pop("anyOf", []) if option != {"type": "null"}]
    described = {"description": field.pop("description")} if "description" in field else {}
    schema = {key: value for key, value in field.items() if key != "title" and value is not None}
    schema = {
        _KEYWORDS.get(key, key): value
        for key, value in schema.items()
        if key not in _KEYWORDS or isinstance(value, int)
    }
    if given:
        schema |= given[0]
    return {"name": name, "in": "query", "required": required, **described, "schema": schema}

"""What every operation of the document has and no route says of itself."""

import re
from pkgutil import resolve_name
from typing import Any

from pydantic import BaseModel

from attendance_api.openapi.examples import example_of
from attendance_api.openapi.security import security_of
from attendance_api.schemas.envelope import ListEnvelopeSchema

REFERENCE = "#/components/schemas/{model}"

ERRORS = {
    "400": "Something in the request is wrong; `detail` names the field and what was expected.",
    "401": "No valid session, or one that may not do this; `message` tells which.",
    "404": "Not there, or not in your company.",
    "409": "The state of things says no; `message` tells which.",
    "413": "The body is over its limit.",
    "415": "The body is not of the type the route takes.",
    "429": "Too often; `Retry-After` says when to come again.",
    "500": "Something on our side failed.",
    "503": "A dependency is throttling; safe to repeat.",
}
_WORDS = {
    "400": ("invalidPageNumber", "pageNumber: expected a whole number."),
    "401": ("loginRequired", "Send an access token, or log in first."),
    "404": ("notFound", "There is no such attendance record."),
    "409": ("alreadyCheckedIn", "The person has checked in for this shift already."),
    "413": ("tooLarge", "The body may have 1000000 bytes at most."),
    "415": ("unsupportedMediaType", "Send the body as application/json."),
    "429": ("throttled", "Too many attempts."),
    "500": ("internal", "Something on our side failed."),
    "503": ("throttled", "The table is busy; try again."),
}
_KEYWORDS = {"ge": "minimum", "le": "maximum"}
_OF_BODIES = {"409", "413", "415"}
_ENVELOPE = {
    *(field.alias or name for name, field in ListEnvelopeSchema.model_fields.items()),
}

_COMMON = [
    {
        "name": "requestId",
        "in": "query",
        "required": False,
        "description": "Echoed in the envelope, in log lines and on events.",
        "schema": {"type": "string", "maxLength": 128},
    },
    {
        "name": "companyId",
        "in": "header",
        "required": False,
        "description": "The company meant, where it is not the session's own.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    },
]
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body get the same answer for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def complete_operation(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    """Add parameters, refusals, security, examples and a short name, in place."""
    operation["operationId"] = _operation_id(operation["operationId"], path, method)
    _add_parameters(method, path, operation, schemas)
    _add_refusals(method, operation)
    security = security_of(method, path)
    if security is not None:
        operation["security"] = security
    contents = [answer.get("content", {}) for answer in operation["responses"].values()]
    for content in (*contents, operation.get("requestBody", {}).get("content", {})):
        json_content = content.get("application/json")
        if json_content and "example" not in json_content and json_content.get("schema"):
            example = example_of(json_content["schema"], schemas)
            json_content["example"] = _told_apart(method, example)


def _told_apart(method: str, example: Any) -> Any:
    """An envelope's example with the words that depend on the route."""
    if not isinstance(example, dict) or "dataName" not in example:
        return example
    data_name = next(name for name in example if name not in _ENVELOPE)
    plain = "list" if "paging" in example else "get"
    action = {"post": "create", "delete": "delete", "get": plain}.get(method, "update")
    if example["statusCode"] == "200" and action == "create":
        action = "update"
    return {**example, "dataName": data_name, "method": method.upper(), "action": action}


def register(schemas: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Add a model and what it refers to; its own schema."""
    schema = model.model_json_schema(by_alias=True, ref_template=REFERENCE)
    schemas |= schema.pop("$defs", {})
    schemas[model.__name__] = schema
    return schema


def _operation_id(generated: str, path: str, method: str) -> str:
    made_by_resolver = re.sub(r"\W", "_", path) + "_" + method
    head, *rest = generated.removesuffix(made_by_resolver).split("_")
    return head + "".join(part.capitalize() for part in rest)


def _add_parameters(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    parameters = operation.get("parameters", [])
    model = operation.pop("x-query", None)
    if model is not None:
        parameters += _query_parameters(resolve_name(model), schemas)
    if security_of(method, path) is None:
        parameters += _COMMON
    if method == "post" and security_of(method, path) is None:
        parameters.append(_IDEMPOTENCY_KEY)
    if parameters:
        operation["parameters"] = parameters


def _query_parameters(model: type[BaseModel], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    schema = model.model_json_schema(by_alias=True, ref_template=REFERENCE)
    schemas |= schema.pop("$defs", {})
    return [_query_parameter(name, field) for name, field in schema["properties"].items()]


def _query_parameter(name: str, field: dict[str, Any]) -> dict[str, Any]:
    given = [option for option in field.pop("anyOf", []) if option != {"type": "null"}]
    described = {"description": field.pop("description")} if "description" in field else {}
    schema = {key: value for key, value in field.items() if key != "title" and value is not None}
    schema = {_KEYWORDS.get(key, key): value for key, value in schema.items()}
    if given:
        schema |= given[0]
    return {"name": name, "in": "query", "required": False, **described, "schema": schema}


def _add_refusals(method: str, operation: dict[str, Any]) -> None:
    answers = operation.setdefault("responses", {})
    answers.pop("422", None)
    schema = {"$ref": REFERENCE.format(model="ErrorSchema")}
    for status, description in ERRORS.items():
        if method != "get" or status not in _OF_BODIES:
            content = {"schema": schema, "example": _refusal(status)}
            answer = {"description": description, "content": {"application/json": content}}
            answers.setdefault(status, answer)


def _refusal(status: str) -> dict[str, Any]:
    word, detail = _WORDS[status]
    return {
        "result": "ERR",
        "status": int(status),
        "message": f"errMsg_{word}",
        "errCode": int(status),
        "date": "2026-03-06T09:15:23.000Z",
        "detail": detail,
    }

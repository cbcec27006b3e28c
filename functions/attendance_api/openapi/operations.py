"""What every operation of the document has and no route says of itself."""

import re
from typing import Any

from attendance_api.openapi.answers import ANSWERS, BODIES, BODY_EXAMPLES, CSV_EXAMPLES
from attendance_api.openapi.examples import example_of
from attendance_api.openapi.models import reference_to
from attendance_api.openapi.parameters import add_parameters
from attendance_api.openapi.refusals import add_refusals
from attendance_api.openapi.security import security_of
from attendance_api.schemas.envelope import ListEnvelopeSchema

_TAGS = {"accounts": "Sessions"}
_ENVELOPE = {
    *(field.alias or name for name, field in ListEnvelopeSchema.model_fields.items()),
}


def complete_operation(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    """Add parameters, refusals, security, examples and a short name, in place."""
    operation["operationId"] = _operation_id(path, method)
    operation["tags"] = [_TAGS.get(tag, tag) for tag in operation.get("tags", ["Agents"])]
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            parameter["name"] = camel_case(parameter["name"])
    add_parameters(method, path, operation, schemas)
    _add_models(method, path, operation, schemas)
    add_refusals(method, operation)
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


def camel_case(name: str) -> str:
    """`attendance_record_id` → `attendanceRecordId`, also within a path."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def _operation_id(path: str, method: str) -> str:
    steps = re.findall(r"[A-Za-z]+", path.removeprefix("/v1")) or ["page"]
    return method + "".join(step[:1].upper() + step[1:] for step in steps)


def _add_models(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    answer = ANSWERS.get((method, path))
    if answer is not None:
        status, model = answer
        operation["responses"].pop("200", None)
        content = {"application/json": {"schema": reference_to(model, schemas)}}
        operation["responses"][status] = {"description": "The answer.", "content": content}
    body = BODIES.get((method, path))
    if body is not None:
        content = {"schema": reference_to(body, schemas), "example": BODY_EXAMPLES[method, path]}
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    file = CSV_EXAMPLES.get((method, path))
    if file is not None:
        text = {"schema": {"type": "string"}, "example": file}
        operation["requestBody"] = {"required": True, "content": {"text/csv": text}}

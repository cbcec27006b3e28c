"""What every operation of the document has and no route says of itself."""

import re
from typing import Any

from attendance_api.openapi.answers import ANSWERS, BODIES, CSV_EXAMPLES
from attendance_api.openapi.body_examples import BODY_EXAMPLES
from attendance_api.openapi.examples import BY_NAME, add_examples
from attendance_api.openapi.models import reference_to
from attendance_api.openapi.names import camel_case, operation_id, tag_of
from attendance_api.openapi.parameters import add_parameters
from attendance_api.openapi.refusals import add_refusals
from attendance_api.openapi.security import security_of
from attendance_api.openapi.terminals import PREFIX, complete_terminal_route

_PATH_EXAMPLES = {
    "attendanceRecordId": "MjAyNjAzMDYudS1hbmEucy0x",
    "deviceToken": "Wq3n0cVYxk2m8T5hJd7RbA",
}
_GIVEN_TAGS = {"accounts": "Sessions"}


def complete_operation(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> None:
    """Add a good name, parameters, refusals, security and examples, in place."""
    operation["operationId"] = operation_id(method, path)
    given = operation.get("tags", ["Agents"])[0]
    operation["tags"] = [tag_of(path, _GIVEN_TAGS.get(given, given))]
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            parameter.update(_path_parameter(path, camel_case(parameter["name"])))
    if path.startswith(PREFIX):
        complete_terminal_route(method, path, operation)
        return
    add_parameters(method, path, operation, schemas)
    _add_models(method, path, operation, schemas)
    add_refusals(method, path, operation)
    security = security_of(method, path)
    if security is not None:
        operation["security"] = security
    add_examples(method, path, operation, schemas)


def _path_parameter(path: str, name: str) -> dict[str, Any]:
    """By the name it has in the path, where `objectId` says whose id it is."""
    names = re.findall(r"{(\w+)}", path)
    told = name if name in names else names[0]
    example = _PATH_EXAMPLES.get(told, BY_NAME.get(told) or BY_NAME["id"])
    return {"name": told, "schema": {"type": "string"}, "example": example}


def _add_models(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    answer = ANSWERS.get((method, path))
    if answer is not None:
        status, model = answer
        operation["responses"].pop("200", None)
        content = {"application/json": {"schema": reference_to(model, schemas)}}
        operation["responses"][status] = {"description": "The answer.", "content": content}
    body = BODIES.get((method, path))
    if body is not None:
        content = {"schema": reference_to(body, schemas)}
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    example = BODY_EXAMPLES.get((method, path))
    if example is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example
    file = CSV_EXAMPLES.get((method, path))
    if file is not None:
        text = {"schema": {"type": "string"}, "example": file}
        operation["requestBody"] = {"required": True, "content": {"text/csv": text}}

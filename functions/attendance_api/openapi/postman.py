"""The Postman collection (format 2.1), made from the OpenAPI document."""

import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from attendance_api.openapi.data_names import data_name_of
from attendance_api.openapi.postman_day import FOLDERS, SUPER_ADMIN_FOLDER
from attendance_api.openapi.postman_scripts import AS_SUPER_ADMIN, expectations
from attendance_api.openapi.postman_steps import Step

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
HOW_TO_RUN = """

Run it from top to bottom: it makes a company of its own and removes what it made. The folder for a
superAdmin is skipped unless `superAdminEmail` and `superAdminPassword` are set."""

_VARIABLES = (
    *("accessToken", "superAdminEmail", "superAdminPassword", "superAdminToken"),
    *("codename", "ownerEmail", "day", "ownCompanyId", "companyId", "userId", "groupId"),
    *("grantId", "holidayId", "leaveId", "locationId", "shiftId", "attendanceRecordId"),
    *("recordVersion", "deviceId", "deviceToken", "agentId", "enrollmentCode"),
)
_NUMBERS = re.compile(r'"({{recordVersion}})"')


def postman_collection(document: dict[str, Any], base_url: str) -> dict[str, Any]:
    """Every operation as a request; token, address and ids are variables."""
    operations = {
        operation["operationId"]: (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    return {
        "info": {
            "name": document["info"]["title"],
            "description": document["info"]["description"] + HOW_TO_RUN,
            "version": document["info"]["version"],
            "schema": FORMAT,
        },
        "auth": _bearer("accessToken"),
        "variable": [
            {"key": "baseUrl", "value": base_url},
            {"key": "password", "value": "a-long-enough-password"},
            *({"key": name, "value": ""} for name in _VARIABLES),
        ],
        "item": [
            _folder(name, [_item(step, *operations[step.operation], document) for step in steps])
            for name, steps in _folders(operations)
        ],
    }


def _folders(operations: dict[str, Any]) -> Iterable[tuple[str, Iterable[Step]]]:
    """Those of the day, and before the last of them what the day does not speak of."""
    named = {step.operation for _, steps in FOLDERS for step in steps}
    others = [(told[2]["tags"][0], name) for name, told in operations.items() if name not in named]
    yield from FOLDERS[:-1]
    for tag, found in groupby(sorted(others), key=lambda other: other[0]):
        yield f"More: {tag}", [Step(operation=name) for _, name in found]
    yield FOLDERS[-1]


def _folder(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    if name != SUPER_ADMIN_FOLDER:
        return {"name": name, "item": items}
    before = _script("prerequest", AS_SUPER_ADMIN)
    return {"name": name, "item": items, "auth": _bearer("superAdminToken"), "event": [before]}


def _item(
    step: Step, method: str, path: str, operation: dict[str, Any], document: dict[str, Any]
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": method.upper(),
        "header": [],
        "url": _url(path, operation.get("parameters", []), step),
        "description": operation.get("description", ""),
    }
    if operation.get("security") == [{}]:
        request["auth"] = {"type": "noauth"}
    request |= _body(operation, step)
    status, answer = next(found for found in operation["responses"].items() if found[0] < "300")
    data_name = None if step.expected else _data_name(answer, document["components"]["schemas"])
    after = expectations(step.expected or status, data_name, step.save)
    events = [_script("prerequest", step.before)] if step.before else []
    return {
        "name": operation.get("summary") or path,
        "event": [*events, _script("test", after)],
        "request": request,
        "response": [],
    }


def _body(operation: dict[str, Any], step: Step) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    for media_type, told in content.items():
        header = [{"key": "Content-Type", "value": media_type}]
        if media_type != "application/json":
            raw = told["example"] if step.body is None else step.body
            return {"header": header, "body": {"mode": "raw", "raw": raw}}
        body = told.get("example", {}) if step.body is None else step.body
        raw = _NUMBERS.sub(r"\1", json.dumps(body, indent=2, ensure_ascii=False))
        options = {"raw": {"language": "json"}}
        return {"header": header, "body": {"mode": "raw", "raw": raw, "options": options}}
    return {}


def _url(path: str, parameters: list[dict[str, Any]], step: Step) -> dict[str, Any]:
    steps = [re.sub(r"^{(\w+)}$", r":\1", part) for part in path.strip("/").split("/")]
    sent = {p["name"]: step.query.get(p["name"]) for p in parameters if p["in"] == "query"}
    query = [
        {
            "key": p["name"],
            "value": sent[p["name"]] or _example(p),
            "disabled": sent[p["name"]] is None and not p["required"],
        }
        for p in parameters
        if p["in"] == "query"
    ]
    enabled = "&".join(f"{one['key']}={one['value']}" for one in query if not one["disabled"])
    names = [p["name"] for p in parameters if p["in"] == "path"]
    return {
        "raw": "{{baseUrl}}/" + "/".join(steps) + (f"?{enabled}" if enabled else ""),
        "host": ["{{baseUrl}}"],
        "path": steps,
        "query": query,
        "variable": [
            {"key": name, "value": step.path.get(name, f"{{{{{name}}}}}")} for name in names
        ],
    }


def _example(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    return str(schema.get("examples", [schema.get("default", "")])[0])


def _data_name(answer: dict[str, Any], schemas: dict[str, Any]) -> str | None:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    named = schemas.get(schema.get("$ref", "").rpartition("/")[2], {})
    return data_name_of(named.get("properties", {}))


def _bearer(variable: str) -> dict[str, Any]:
    value = {"key": "token", "value": f"{{{{{variable}}}}}", "type": "string"}
    return {"type": "bearer", "bearer": [value]}


def _script(listen: str, text: str) -> dict[str, Any]:
    return {"listen": listen, "script": {"type": "text/javascript", "exec": text.split("\n")}}

"""The Postman collection (format 2.1), made from the OpenAPI document."""

import json
from itertools import groupby
from typing import Any

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def postman_collection(document: dict[str, Any], base_url: str) -> dict[str, Any]:
    """Every operation as a request, by tag; the token and the address are variables."""
    operations = [
        (operation.get("tags", ["Other"])[0], method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    operations.sort(key=lambda found: found[0])
    return {
        "info": {
            "name": document["info"]["title"],
            "description": document["info"]["description"],
            "version": document["info"]["version"],
            "schema": FORMAT,
        },
        "auth": {
            "type": "bearer",
            "bearer": [{"key": "token", "value": "{{accessToken}}", "type": "string"}],
        },
        "variable": [
            {"key": "baseUrl", "value": base_url},
            {"key": "accessToken", "value": ""},
        ],
        "item": [
            {"name": tag, "item": [_item(*rest) for _, *rest in found]}
            for tag, found in groupby(operations, key=lambda found: found[0])
        ],
    }


def _item(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": method.upper(),
        "header": [],
        "url": _url(path, operation.get("parameters", [])),
        "description": operation.get("description", ""),
    }
    if operation.get("security") == [{}]:
        request["auth"] = {"type": "noauth"}
    content = operation.get("requestBody", {}).get("content", {})
    file, body = content.get("text/csv"), content.get("application/json")
    if file is not None:
        request["header"] = [{"key": "Content-Type", "value": "text/csv"}]
        request["body"] = {"mode": "raw", "raw": file["example"]}
    if body is not None:
        request["header"] = [{"key": "Content-Type", "value": "application/json"}]
        request["body"] = {
            "mode": "raw",
            "raw": json.dumps(body.get("example", {}), indent=2, ensure_ascii=False),
            "options": {"raw": {"language": "json"}},
        }
    return {"name": operation.get("summary") or path, "request": request, "response": []}


def _url(path: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    steps = [
        f":{step[1:-1]}" if step.startswith("{") else step for step in path.strip("/").split("/")
    ]
    query = [
        {"key": p["name"], "value": str(p["schema"].get("default", "")), "disabled": True}
        for p in parameters
        if p["in"] == "query"
    ]
    variables = [{"key": p["name"], "value": ""} for p in parameters if p["in"] == "path"]
    raw = "{{baseUrl}}/" + "/".join(steps)
    return {
        "raw": raw,
        "host": ["{{baseUrl}}"],
        "path": steps,
        "query": query,
        "variable": variables,
    }

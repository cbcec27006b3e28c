"""The OpenAPI 3.1 document of all functions that answer over HTTP, made from their routes."""

import json
from functools import cache
from importlib import import_module
from typing import Any

from attendance_api.openapi.data_names import tell_data_names
from attendance_api.openapi.models import add
from attendance_api.openapi.names import TAGS, public_path
from attendance_api.openapi.operations import complete_operation
from attendance_api.openapi.refusals import shared_refusals
from attendance_api.openapi.security import SECURITY_SCHEMES

FUNCTIONS = ("attendance_api", "accounts_api", "ingest_punches")
DESCRIPTION = """Attendance of people at their shifts, company by company.

Every path also answers under `/attendancemanagement-api`. Times are ISO 8601 with an offset.
Name a company with the header or query `companyId` where the session's own is not meant."""

_OF_THE_RESOLVER = {"HTTPValidationError", "ValidationError", "ResponseValidationError"}


@cache
def openapi_document(version: str) -> dict[str, Any]:
    """The document; made once a process, since it takes a tenth of a second."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for function in FUNCTIONS:
        document = _generated(function)
        add(schemas, document.get("components", {}).get("schemas", {}))
        for path, operations in document.get("paths", {}).items():
            paths.setdefault(public_path(path), {}).update(operations)
    responses = shared_refusals(schemas)
    for name in _OF_THE_RESOLVER & schemas.keys():
        del schemas[name]
    for path, operations in paths.items():
        for method, operation in operations.items():
            complete_operation(method, path, operation, schemas)
    tell_data_names(schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Attendance",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}, {"url": "/attendancemanagement-api"}],
        "tags": [{"name": name, "description": told} for name, told in TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "responses": responses,
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": SECURITY_SCHEMES,
        },
        "security": [{name: []} for name in SECURITY_SCHEMES if name != "agentSignature"],
    }


def _generated(function: str) -> dict[str, Any]:
    app = import_module(f"{function}.app").app
    document: dict[str, Any] = json.loads(app.get_openapi_json_schema())
    for route in (*app._static_routes, *app._dynamic_routes):
        operation = document.get("paths", {}).get(route.openapi_path, {}).get(route.method.lower())
        if operation is not None and route.func.__doc__:
            operation.setdefault("description", _first_lines(route.func.__doc__))
    return document


def _first_lines(docstring: str) -> str:
    return " ".join(docstring.partition("\n\n")[0].split())

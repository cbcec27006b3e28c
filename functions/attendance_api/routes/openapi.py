"""`GET /openapi.json`, `/swagger` and `/getPostmanCollection`."""

from pkgutil import resolve_name
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.bootstrap import runtime
from attendance.http.api import current_request
from attendance.http.documented import downloads
from attendance.http.envelope import json_response
from attendance_api.pages import asset_response, page_response

router = Router()

SWAGGER_UI = "aws_lambda_powertools.event_handler.openapi.swagger_ui"
SWAGGER_ASSETS = {
    "swagger-ui.js": (SWAGGER_UI, "swagger-ui-bundle.min.js"),
    "swagger-ui.css": (SWAGGER_UI, "swagger-ui.min.css"),
    "start.js": ("attendance_api", "web/swagger/start.js"),
}
SWAGGER_POLICY = "style-src 'self' 'unsafe-inline'"
"""Swagger UI sets style attributes of its own."""


@router.get(
    "/openapi.json",
    tags=["Service"],
    summary="This document",
    responses=downloads("application/json", "OpenAPI 3.1.", {"openapi": "3.1.0"}),
    compress=True,
)
def get_openapi() -> Response[Any]:
    """OpenAPI 3.1, made from the code."""
    return json_response(200, _document())


@router.get(
    "/swagger",
    tags=["Service"],
    summary="The API's documentation, to read and to try",
    responses=downloads("text/html", "A page.", "<!doctype html>"),
)
def get_swagger() -> Response[Any]:
    """Swagger UI on this document; needs no network but this service."""
    return page_response("web/swagger/index.html", policy=SWAGGER_POLICY)


@router.get("/swagger/<name>", include_in_schema=False, compress=True)
def get_swagger_asset(name: str) -> Response[Any]:
    """A file of Swagger UI (Apache-2.0), as it comes with Powertools."""
    package, path = SWAGGER_ASSETS.get(name, ("attendance_api", ""))
    seen = current_request(router).headers.get("if-none-match")
    return asset_response(path, package=package, seen=seen)


@router.get(
    "/getPostmanCollection",
    tags=["Service"],
    summary="The API as a Postman collection",
    responses=downloads(
        "application/json", "A collection of format 2.1, to be imported.", {"info": {}, "item": []}
    ),
    compress=True,
)
def get_postman_collection() -> Response[Any]:
    """A download; its base URL is the one it was asked from."""
    request = current_request(router)
    host = request.headers.get("x-forwarded-host") or request.headers.get("host", "localhost:3002")
    scheme = request.headers.get("x-forwarded-proto", "https")
    make = resolve_name("attendance_api.openapi.postman:postman_collection")
    return json_response(
        200,
        make(_document(), f"{scheme}://{host}"),
        headers={
            "Content-Disposition": 'attachment; filename="attendance.postman_collection.json"'
        },
    )


def _document() -> dict[str, Any]:
    # Loaded when asked for: what makes the document is of no use to any other request.
    make = resolve_name("attendance_api.openapi.document:openapi_document")
    document: dict[str, Any] = make(runtime().settings.app_version)
    return document

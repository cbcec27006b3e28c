"""`GET /`, the web page, and its files."""

import re
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from attendance.errors import NotFoundError
from attendance.http.api import current_request
from attendance.http.documented import downloads
from attendance_api.pages import asset_response, page_response

router = Router()

_FILE = re.compile(r"[a-z][a-z-]*\.(js|css|svg)")


@router.get(
    "/",
    tags=["Service"],
    summary="The web page",
    responses=downloads("text/html", "A page.", "<!doctype html>"),
)
def get_web_page() -> Response[Any]:
    """Check in and out, see one's own records; for managers, the company's."""
    return page_response("web/index.html")


@router.get("/web/<name>", include_in_schema=False)
def get_web_file(name: str) -> Response[Any]:
    """A script, a style sheet or an image of the page."""
    if not _FILE.fullmatch(name):
        raise NotFoundError("There is no such file.")
    seen = current_request(router).headers.get("if-none-match")
    return asset_response(f"web/{name}", seen=seen)


@router.get(
    "/favicon.ico",
    tags=["Service"],
    summary="The page's icon",
    responses=downloads("image/svg+xml", "An icon.", "<svg/>"),
)
def get_favicon() -> Response[Any]:
    """The icon."""
    return asset_response("web/icon.svg")

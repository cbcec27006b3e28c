"""Pages and their files, from the package, with the headers that keep them safe."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from aws_lambda_powertools.event_handler import Response

from attendance.errors import NotFoundError

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: dict[str, str | list[str]] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def page_response(path: str, *, policy: str = "") -> Response[Any]:
    """A page of this package, never kept by the browser; `policy` replaces a part of the CSP."""
    replaced = policy.partition(" ")[0]
    parts = [part for part in POLICY.split("; ") if not policy or not part.startswith(replaced)]
    headers = {
        **HEADERS,
        "Content-Security-Policy": "; ".join([*parts, policy] if policy else parts),
        "Cache-Control": "no-store",
    }
    return _response(path, "attendance_api", headers)


def asset_response(
    path: str, *, package: str = "attendance_api", seen: str | None = None
) -> Response[Any]:
    """A file of a page; the browser asks each time whether it is still the one it has `seen`.

    Raises NotFoundError for one that is not there.
    """
    response = _response(path, package, {**HEADERS, "Cache-Control": "no-cache"})
    if seen is not None and seen.removeprefix("W/") == response.headers["ETag"]:
        return Response(status_code=304, body="", headers=response.headers)
    return response


def _response(path: str, package: str, headers: dict[str, str | list[str]]) -> Response[Any]:
    suffix = path[path.rfind(".") :] if "." in path else ""
    content_type = CONTENT_TYPES.get(suffix)
    if content_type is None:
        raise NotFoundError("There is no such file.")
    content, tag = _content(package, path)
    return Response(
        status_code=200, content_type=content_type, body=content, headers={**headers, "ETag": tag}
    )


@cache
def _content(package: str, path: str) -> tuple[str, str]:
    found = files(package).joinpath(path)
    if not found.is_file():
        raise NotFoundError("There is no such file.")
    content = found.read_bytes()
    return content.decode(), f'"{hashlib.sha256(content).hexdigest()[:32]}"'

"""Pages of other origins: only those that the settings name may call from a browser."""

from collections.abc import Collection
from typing import Any

from attendance.http.request import Request

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": (
        "authorization, content-type, companyid, idempotency-key, workforceos-access-token"
    ),
    "Access-Control-Max-Age": "600",
}


def preflight(request: Request, allowed_origins: Collection[str]) -> dict[str, Any] | None:
    """The answer to a browser that asks before it calls; None for any other request."""
    if request.method != "OPTIONS" or "access-control-request-method" not in request.headers:
        return None
    headers = _PREFLIGHT if request.headers.get("origin") in allowed_origins else {}
    return {
        "statusCode": 204,
        "headers": {**headers, "Content-Type": "text/plain"},
        "body": "",
        "isBase64Encoded": False,
        "cookies": [],
    }


def allow_origin(
    answer: dict[str, Any], request: Request, allowed_origins: Collection[str]
) -> dict[str, Any]:
    """The answer, readable by the page that asked if its origin is allowed."""
    origin = request.headers.get("origin")
    if origin is None or origin not in allowed_origins:
        return answer
    allowed = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": "retry-after",
        "Vary": "Origin",
    }
    return {**answer, "headers": {**answer.get("headers", {}), **allowed}}

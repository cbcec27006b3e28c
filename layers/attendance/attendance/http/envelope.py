"""The success envelope (rest-api.md section 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import Response
from pydantic_core import to_json

from attendance.http.request import Request

JSON_HEADERS: dict[str, str | list[str]] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, kw_only=True)
class Paging:
    """Which rows a list answer holds; `page_number` 0 means all of them."""

    page_number: int
    page_row_count: int
    total_row_count: int

    def to_json(self) -> dict[str, int]:
        """With the number of pages that follows from it."""
        size = self.page_row_count if self.page_number else max(self.total_row_count, 1)
        return {
            "pageNumber": self.page_number,
            "pageRowCount": self.page_row_count,
            "totalRowCount": self.total_row_count,
            "pageCount": -(-self.total_row_count // size),
        }


@dataclass(frozen=True, kw_only=True)
class ListParts:
    """What a list answer has beside its rows."""

    paging: Paging
    filters: Sequence[tuple[str, Sequence[str | None]]]
    ui_permissions: Sequence[str]


def json_response(
    status: int,
    body: Any,
    *,
    headers: Mapping[str, str | list[str]] | None = None,
    cookies: Sequence[Any] = (),
) -> Response[Any]:
    """A JSON answer without an envelope, never to be cached or referred to."""
    return Response(
        status_code=status,
        content_type="application/json",
        body=to_json(body).decode(),
        headers={**JSON_HEADERS, **(headers or {})},
        cookies=list(cookies),
    )


def envelope(
    request: Request,
    data_name: str,
    data: Any,
    *,
    action: str,
    app_version: str,
    status: int = 200,
    source: str = "db",
    cache_key: str | None = None,
    parts: ListParts | None = None,
    beside: Mapping[str, Any] | None = None,
) -> Response[Any]:
    """The envelope around one object or a list, under `data_name`.

    `action` is create, update, get, list or delete; `beside` holds further objects that a
    route's own page puts next to the data.
    """
    session = request.optional_session()
    body: dict[str, Any] = {
        "status": "OK",
        "statusCode": str(status),
        "elapsedMs": request.elapsed_ms,
        "ssoTime": request.sso_ms,
        "source": source,
        "cacheKey": cache_key,
        "userId": session.user_id if session else None,
        "sessionId": session.session_id if session else None,
        "requestId": request.request_id,
        "dataName": data_name,
        "method": request.method,
        "action": action,
        "appVersion": app_version,
        "rowCount": len(data) if isinstance(data, list) else 1,
        data_name: data,
    }
    body |= beside or {}
    if parts is not None:
        body["paging"] = parts.paging.to_json()
        body["filters"] = [{"name": n, "values": list(v)} for n, v in parts.filters]
        body["uiPermissions"] = list(parts.ui_permissions)
    return json_response(status, body)

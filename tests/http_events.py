"""HTTP API events (payload version 2.0), as API Gateway sends them."""

import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

CONTEXT = SimpleNamespace(
    aws_request_id="lambda-request",
    function_name="test",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:test",
)


def http_event(
    method: str,
    path: str,
    body: Any = None,
    *,
    headers: dict[str, str] | None = None,
    query: dict[str, Any] | str | None = None,
    cookies: list[str] | None = None,
    raw_body: str | None = None,
) -> dict[str, Any]:
    """An event; `body` is sent as JSON, `raw_body` as it is, a list in `query` is repeated."""
    text = raw_body if raw_body is not None else None if body is None else json.dumps(body)
    query_string = query if isinstance(query, str) else urlencode(query or {}, doseq=True)
    sent = {"host": "api.example", **{k.lower(): v for k, v in (headers or {}).items()}}
    if text is not None:
        sent.setdefault("content-type", "application/json")
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query_string,
        "headers": sent,
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "127.0.0.1", "userAgent": "test"},
            "requestId": "gateway-request",
            "stage": "$default",
        },
        "isBase64Encoded": False,
    }
    if text is not None:
        event["body"] = text
    if cookies:
        event["cookies"] = cookies
    return event


def answer_of(response: dict[str, Any]) -> tuple[int, Any]:
    """Status and parsed body of an answer."""
    return response["statusCode"], json.loads(response["body"])

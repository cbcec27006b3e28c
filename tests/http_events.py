"""HTTP API events (payload version 2.0) as API Gateway makes them, and their answers read."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

CONTEXT = SimpleNamespace(
    aws_request_id="00000000-0000-0000-0000-000000000000",
    function_name="function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:function",
    get_remaining_time_in_millis=lambda: 15_000,
)


@dataclass(kw_only=True)
class Answer:
    """What a handler answered; `body` is parsed where it is JSON."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    text: str = ""


def http_event(
    method: str,
    path: str,
    body: Any = None,
    *,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, Any] | str | None = None,
    cookies: Mapping[str, str] | Sequence[str] | None = None,
    raw_body: str | None = None,
) -> dict[str, Any]:
    """One event; `body` is sent as JSON, `raw_body` as it is; query values may be lists."""
    text = raw_body if raw_body is not None else None if body is None else json.dumps(body)
    raw_query = query if isinstance(query, str) else urlencode(query or {}, doseq=True)
    sent = {"host": "api.example", **{k.lower(): v for k, v in (headers or {}).items()}}
    if text is not None:
        sent.setdefault("content-type", "application/json")
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": raw_query,
        "headers": sent,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "requestId": "request",
            "routeKey": "$default",
            "stage": "$default",
            "time": "06/Mar/2026:09:00:00 +0000",
            "timeEpoch": 1772787600000,
        },
        "isBase64Encoded": False,
    }
    if isinstance(cookies, Mapping):
        cookies = [f"{name}={value}" for name, value in cookies.items()]
    if cookies:
        event["cookies"] = list(cookies)
    if text is not None:
        event["body"] = text
    return event


def answer_of(response: dict[str, Any]) -> tuple[int, Any]:
    """Status and parsed body of an answer."""
    return response["statusCode"], json.loads(response["body"])


def ask(handler: Handler, method: str, path: str, **options: Any) -> Answer:
    """What a handler answers to a request; options as `http_event`, `token` for a bearer."""
    token = options.pop("token", None)
    headers = dict(options.pop("headers", None) or {})
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    answer = handler(http_event(method, path, headers=headers, **options), CONTEXT)
    text = answer.get("body") or ""
    is_json = "json" in str(answer.get("headers", {}).get("Content-Type", ""))
    return Answer(
        status=answer["statusCode"],
        body=json.loads(text) if text and is_json else None,
        headers=answer.get("headers", {}),
        cookies=answer.get("cookies", []),
        text=text,
    )

"""The request as the agent signed it."""

import base64
from collections.abc import Mapping
from typing import Any

from attendance.adapters.agent_signature import SignedMessage


def signed_message(event: Mapping[str, Any]) -> SignedMessage:
    """Path and query as the client sent them: the stage and our own parsing play no part."""
    http = event["requestContext"]["http"]
    headers = {name.lower(): value for name, value in event["headers"].items()}
    query = event.get("rawQueryString", "")
    body = event.get("body") or ""
    encoded = bool(event.get("isBase64Encoded"))
    return SignedMessage(
        method=http["method"],
        url=f"https://{headers.get('host', 'localhost')}{event['rawPath']}"
        + (f"?{query}" if query else ""),
        headers=headers,
        body=base64.b64decode(body) if encoded else body.encode(errors="surrogatepass"),
    )

"""How requests show who asks (rest-api.md section 1, punches.md)."""

from typing import Any

SECURITY_SCHEMES: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "accessToken": {"type": "apiKey", "in": "query", "name": "access_token"},
    "tokenHeader": {"type": "apiKey", "in": "header", "name": "workforceos-access-token"},
    "companyTokenHeader": {
        "type": "apiKey",
        "in": "header",
        "name": "workforceos-access-token-{companyCodename}",
    },
    "companyCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "workforceos-access-token-{companyCodename}",
        "description": "A write by cookie needs a JSON content type and an Origin of the service.",
    },
    "agentSignature": {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": "HTTP Message Signatures (RFC 9421) by an enrolled agent's Ed25519 key.",
    },
}

PUBLIC = {
    ("post", "/login"),
    ("post", "/tenantowners"),
    ("post", "/v1/agents/enroll"),
    ("get", "/.well-known/jwks.json"),
    ("get", "/health"),
    ("get", "/admin/health"),
    ("get", "/openapi.json"),
    ("get", "/swagger"),
    ("get", "/getPostmanCollection"),
    ("get", "/favicon.ico"),
    ("get", "/"),
}

SIGNED = {("post", "/v1/punches")}


def security_of(method: str, path: str) -> list[dict[str, list[str]]] | None:
    """An operation's own requirement; None where a session is needed, as by default."""
    if (method, path) in PUBLIC:
        return [{}]
    return [{"agentSignature": []}] if (method, path) in SIGNED else None

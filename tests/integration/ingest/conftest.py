"""An enrolled agent with its key, and the uploads it makes."""

import base64
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from http_message_signatures.digests import ContentDigest

from attendance.identity import CompanyId
from attendance.times import to_iso
from tests.enrolled_agent import save_enrolled_agent
from tests.http_events import http_event

ACME = CompanyId("acme")


class OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self.key


class SiteAgent:
    """Signs as punches.md asks; every part of it can be spoiled."""

    def __init__(self, parts, agent_id: str = "acme_site1", *, company_id: str = "acme") -> None:
        self.parts = parts
        self.agent_id = agent_id
        self.key = Ed25519PrivateKey.generate()
        raw = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        save_enrolled_agent(parts.directory, company_id, agent_id, raw)

    def batch(self, *punches, devices=None) -> dict:
        return {
            "batchId": str(uuid.uuid4()),
            "sentAt": to_iso(datetime.now(UTC)),
            "devices": [a_report()] if devices is None else devices,
            "punches": list(punches),
        }

    def event(
        self,
        body,
        *,
        path: str = "/v1/punches",
        nonce: str | None = None,
        late: timedelta = timedelta(0),
        covered=("@method", "@path", "@query", "content-digest"),
        label: str = "attendance",
        raw_body: str | None = None,
    ) -> dict:
        event = http_event("POST", path, body, raw_body=raw_body)
        return self.signed(event, nonce=nonce, late=late, covered=covered, label=label)

    def signed(
        self,
        event: dict,
        *,
        nonce: str | None = None,
        late: timedelta = timedelta(0),
        covered=("@method", "@path", "@query", "content-digest"),
        label: str = "attendance",
    ) -> dict:
        """The same request with the agent's signature."""
        sent = event.get("body", "").encode()
        if event["isBase64Encoded"]:
            sent = base64.b64decode(sent)
        query = f"?{event['rawQueryString']}" if event["rawQueryString"] else ""
        message = SimpleNamespace(
            method=event["requestContext"]["http"]["method"],
            url=f"https://{event['headers']['host']}{quote(event['rawPath'])}{query}",
            headers={**event["headers"], "Content-Digest": ContentDigest.create(sent)},
        )
        signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519, key_resolver=OneKey(self.key)
        )
        signer.sign(
            message,
            key_id=self.agent_id,
            created=datetime.now(UTC) - late,
            nonce=nonce or base64.b64encode(secrets.token_bytes(16)).decode(),
            label=label,
            include_alg=True,
            use_existing_digest=True,
            covered_component_ids=covered,
        )
        event["headers"] = {name.lower(): value for name, value in message.headers.items()}
        return event


def a_report(device_id: str = "principal", **changes) -> dict:
    now = to_iso(datetime.now(UTC))
    return {
        "device_id": device_id,
        "device_name": "Entrada Principal",
        "serial_number": "ABC123",
        "ok": True,
        "read_at": now,
        "records_on_device": 3,
        "clock_offset_seconds": 0.4,
        "timezone": "America/Mexico_City",
        "watermark": now,
        **changes,
    }


def a_row(timestamp: str = "2026-03-06 09:15:23", **changes) -> dict:
    return {
        "device_id": "principal",
        "user_id": "5",
        "timestamp": timestamp,
        "status": 1,
        "punch": 0,
        **changes,
    }


@pytest.fixture
def agent(parts) -> SiteAgent:
    return SiteAgent(parts)

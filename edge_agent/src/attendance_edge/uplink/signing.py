"""HTTP message signatures of the agent (punches.md, "Who may post"; RFC 9421, RFC 9530)."""

import base64
import secrets
from datetime import datetime

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from http_message_signatures.digests import ContentDigest

from attendance_edge.uplink.identity import AgentIdentity
from attendance_wire import COVERED_COMPONENTS, SIGNATURE_LABEL
from attendance_wire.signature import NONCE_BYTES


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002 - their name
        return self._key


class Signer:
    """Signs requests in the name of one agent; a request signed again gets a new nonce."""

    def __init__(self, identity: AgentIdentity) -> None:
        self._agent_id = identity.agent_id
        self._signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519, key_resolver=_OneKey(identity.key)
        )

    def sign(self, request: httpx.Request, created: datetime) -> None:
        """Add Content-Digest, Signature-Input and Signature to a request whose body is known."""
        request.headers["Content-Digest"] = ContentDigest.create(request.content)
        self._signer.sign(
            request,
            key_id=self._agent_id,
            created=created,
            nonce=base64.b64encode(secrets.token_bytes(NONCE_BYTES)).decode(),
            label=SIGNATURE_LABEL,
            include_alg=True,
            use_existing_digest=True,
            covered_component_ids=COVERED_COMPONENTS,
        )

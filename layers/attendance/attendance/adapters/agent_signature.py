"""Who signed a request (punches.md, "Who may post"; RFC 9421, RFC 9530)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)

SIGNATURE_LABEL = "attendance"
SIGNATURE_ALGORITHM = "ed25519"
COVERED_COMPONENTS = ("@method", "@path", "@query", "content-digest")
MAX_CLOCK_SKEW = timedelta(seconds=300)
NONCE_LENGTHS = range(22, 129)
"""Characters of a nonce: 128 bits are 22 in base64 and 32 in hex."""

FindKey = Callable[[str], bytes | None]


class BadSignatureError(Exception):
    """The request is not signed as it must be; the message is for the log, never the client."""


@dataclass(frozen=True, kw_only=True)
class SignedMessage:
    """A request as signed: `url` holds path and query as the client sent them."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What a verified signature says: the agent's id and its fresh nonce."""

    key_id: str
    nonce: str


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, find_key: FindKey) -> None:
        self._find_key = find_key

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The agent's public key, or None for an unknown or revoked agent."""
        raw = self._find_key(key_id)
        return None if raw is None else Ed25519PublicKey.from_public_bytes(raw)


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = MAX_CLOCK_SKEW


def verify_signature(message: SignedMessage, find_key: FindKey) -> Signature:
    """Check label, algorithm, covered parts, age (±300 s), digest and signature.

    `find_key` gives the raw 32-byte Ed25519 key of an agent id, or None. Raises
    BadSignatureError; a used nonce is the caller's to refuse.
    """
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(find_key))
    try:
        results = verifier.verify(
            message,
            max_age=timedelta(0),
            require_components=COVERED_COMPONENTS,
            body=message.body,
        )
    except InvalidSignature as error:
        raise BadSignatureError(str(error)) from error
    result = results[0]
    if result.label != SIGNATURE_LABEL or result.parameters.get("alg") != SIGNATURE_ALGORITHM:
        raise BadSignatureError("another label or algorithm than ours")
    if not isinstance(result.nonce, str) or len(result.nonce) not in NONCE_LENGTHS:
        raise BadSignatureError("the nonce is missing or not of 128 bits")
    return Signature(key_id=str(result.parameters["keyid"]), nonce=result.nonce)

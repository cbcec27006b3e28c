"""The key that signs sessions; only the function that holds the secret can make it."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.jwk import OKPKey

from attendance.adapters.token_algorithm import ALGORITHM, EdDsaRegistry

_PURPOSE = b"attendance: Ed25519 key that signs sessions, 1"


class SigningKey:
    """An Ed25519 key drawn from a secret string: the same string gives the same key."""

    def __init__(self, secret: str) -> None:
        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
        self._key = OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(seed))
        self.kid = self._key.thumbprint()

    def public_jwk(self) -> dict[str, Any]:
        """The public half as a member of a JWKS (RFC 7517)."""
        public = self._key.as_dict(private=False)
        return {**public, "kid": self.kid, "use": "sig", "alg": ALGORITHM}

    def sign(self, claims: dict[str, Any]) -> str:
        """A compact JWT."""
        header = {"alg": ALGORITHM, "kid": self.kid}
        return jwt.encode(header, claims, self._key, registry=EdDsaRegistry())

"""Access tokens: what is signed into them, and what is asked of one that comes back."""

from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import GuestProtocol, OKPKey

from attendance.adapters.public_keys import PublicKeys
from attendance.adapters.signing_key import SigningKey
from attendance.adapters.token_algorithm import EdDsaRegistry
from attendance.errors import UnauthenticatedError
from attendance.identity import CompanyId, is_id
from attendance.model.claims import Claims

AUDIENCE = "attendance"
LEEWAY_SECONDS = 5
MAX_TOKEN_CHARACTERS = 4096


class BadTokenError(UnauthenticatedError):
    """A token that is not ours, not sound, or not in force."""

    def __init__(self) -> None:
        super().__init__("invalidToken", "The access token is invalid or has expired.")


def issuer_of(stage: str) -> str:
    """The `iss` of a stage's tokens: one stage does not take another's."""
    return f"urn:attendance:{stage}"


def sign_token(key: SigningKey, claims: Claims, *, stage: str, role_id: str) -> str:
    """A token with the claims of rest-api.md section 6."""
    issued_at = int(claims.issued_at.timestamp())
    return key.sign(
        {
            "iss": issuer_of(stage),
            "aud": AUDIENCE,
            "sub": claims.user_id,
            "sid": claims.session_id,
            "companyId": str(claims.company),
            "roleId": role_id,
            "iat": issued_at,
            "nbf": issued_at,
            "exp": int(claims.expires_at.timestamp()),
        }
    )


class TokenVerifier:
    """Checks signature and claims; whether the session still lives is another question."""

    def __init__(self, public_keys: PublicKeys, stage: str) -> None:
        self._public_keys = public_keys
        self._issuer = issuer_of(stage)

    def verify(self, token: str, now: datetime) -> Claims:
        """The claims of a token in force. Raises BadTokenError (401 `invalidToken`)."""
        if len(token) > MAX_TOKEN_CHARACTERS or not token.isascii():
            raise BadTokenError
        try:
            claims = jwt.decode(token, self._key_of, registry=EdDsaRegistry()).claims
            self._registry(now).validate(claims)
            return _claims(claims)
        except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise BadTokenError from error

    def _key_of(self, token: GuestProtocol) -> OKPKey:
        kid = token.headers().get("kid")
        key = self._public_keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise InvalidKeyIdError("not a key of ours")
        return key

    def _registry(self, now: datetime) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            sid={"essential": True},
            companyId={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nbf={"essential": True},
        )


def _claims(claims: dict[str, Any]) -> Claims:
    for name in ("sub", "sid", "companyId"):
        if not isinstance(claims[name], str) or not is_id(claims[name]):
            raise ValueError(f"{name} is not an id")
    return Claims(
        company=CompanyId(claims["companyId"]),
        user_id=claims["sub"],
        session_id=claims["sid"],
        issued_at=datetime.fromtimestamp(claims["iat"], UTC),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )

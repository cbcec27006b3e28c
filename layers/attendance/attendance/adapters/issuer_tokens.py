"""Tokens of a company's own OpenID Connect issuer."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, KeySet

from attendance.adapters.issuer_keys import IssuerKeys, IssuerUnreachableError
from attendance.adapters.tokens import LEEWAY_SECONDS, MAX_TOKEN_CHARACTERS, BadTokenError

ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519"]


@dataclass(frozen=True, kw_only=True)
class IssuerClaims:
    """Who the issuer says the bearer is; instants in UTC."""

    subject: str
    email: str
    session_id: str | None
    issued_at: datetime
    expires_at: datetime


def issuer_named(token: str) -> str | None:
    """The `iss` a token claims, believed by nobody yet; None when there is none to read."""
    if len(token) > MAX_TOKEN_CHARACTERS or token.count(".") != 2:
        return None
    payload = token.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    issuer = claims.get("iss") if isinstance(claims, dict) else None
    return issuer if isinstance(issuer, str) else None


def verify_issuer_token(
    keys: IssuerKeys, token: str, now: datetime, *, issuer: str, audience: str
) -> IssuerClaims:
    """What a token in force says. Raises BadTokenError."""

    def key_of(signed: GuestProtocol) -> KeySet:
        return keys.of(issuer, signed.headers().get("kid"))

    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        email={"essential": True},
    )
    try:
        claims = jwt.decode(token, key_of, algorithms=ALGORITHMS).claims
        registry.validate(claims)
        return _claims(claims)
    except (JoseError, ValueError, TypeError, OverflowError, IssuerUnreachableError) as error:
        raise BadTokenError from error


def _claims(claims: dict[str, Any]) -> IssuerClaims:
    email, session_id = claims["email"], claims.get("sid")
    if not isinstance(email, str) or claims.get("email_verified") is False:
        raise ValueError("the issuer does not vouch for the e-mail")
    return IssuerClaims(
        subject=str(claims["sub"]),
        email=email.lower(),
        session_id=session_id if isinstance(session_id, str) else None,
        issued_at=datetime.fromtimestamp(claims["iat"], UTC),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )

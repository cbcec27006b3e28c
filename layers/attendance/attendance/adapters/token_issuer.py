"""Issues tokens; only a function that may read the signing secret can use it."""

from datetime import datetime, timedelta

from attendance.adapters.public_keys import PublicKeys
from attendance.adapters.secrets import Secrets
from attendance.adapters.signing_key import SigningKey
from attendance.adapters.tokens import sign_token
from attendance.identity import CompanyId
from attendance.model.claims import Claims
from attendance.model.directory import User
from attendance.settings import Settings

TOKEN_LENGTH = timedelta(minutes=60)


class TokenIssuer:
    """Signs with the key drawn from the secret, and makes its public half known first."""

    def __init__(self, settings: Settings, secrets: Secrets, public_keys: PublicKeys) -> None:
        if settings.signing_secret_arn is None:
            raise ValueError("SIGNING_SECRET_ARN is not set: this function cannot issue tokens")
        self._arn = settings.signing_secret_arn
        self._stage = settings.stage
        self._secrets = secrets
        self._public_keys = public_keys
        self._drawn_from: str | None = None
        self._key: SigningKey | None = None

    def issue(
        self, user: User, session_id: str, *, now: datetime, ends_at: datetime
    ) -> tuple[str, Claims]:
        """A token of at most an hour, within the session's end, and what it says.

        A token counts in whole seconds, and so does what is told of it.
        """
        now, ends_at = now.replace(microsecond=0), ends_at.replace(microsecond=0)
        claims = Claims(
            company=CompanyId(user.company_id),
            user_id=user.user_id,
            session_id=session_id,
            issued_at=now,
            expires_at=min(now + TOKEN_LENGTH, ends_at),
        )
        token = sign_token(self.key(), claims, stage=self._stage, role_id=user.role_id)
        return token, claims

    def key(self) -> SigningKey:
        """The signing key of the present secret, published."""
        secret = self._secrets.read(self._arn)
        if self._key is None or self._drawn_from != secret:
            key = SigningKey(secret)
            self._public_keys.publish(key.public_jwk())
            self._key, self._drawn_from = key, secret
        return self._key

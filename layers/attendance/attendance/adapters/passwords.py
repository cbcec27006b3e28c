"""Passwords as argon2id hashes, by the minimum OWASP names: 19 MiB, two passes, one lane."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_BYTES = 1024

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The hash to keep; `password` has been checked for its length."""
    return _HASHER.hash(password)


def verify_password(kept_hash: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash.

    Without a hash (an unknown person, one without a password) the same work is done for nothing,
    so that the time of the answer tells nothing.
    """
    if len(password.encode(errors="surrogatepass")) > MAX_PASSWORD_BYTES:
        return False
    try:
        return _HASHER.verify(kept_hash or _dummy_hash(), password) and kept_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _dummy_hash() -> str:
    return _HASHER.hash(secrets.token_hex())

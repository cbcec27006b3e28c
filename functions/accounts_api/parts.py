"""What this function has beside the parts of every function."""

from dataclasses import dataclass
from functools import cache

from attendance.adapters.attempts import AttemptStore
from attendance.adapters.token_issuer import TokenIssuer
from attendance.bootstrap import Runtime, runtime


@dataclass(frozen=True, kw_only=True)
class AccountsParts:
    """The issuer of tokens, and the memory of failed log-ins."""

    runtime: Runtime
    issuer: TokenIssuer
    attempts: AttemptStore


def accounts_parts() -> AccountsParts:
    """The parts around the present runtime."""
    return _around(runtime())


@cache
def _around(parts: Runtime) -> AccountsParts:
    return AccountsParts(
        runtime=parts,
        issuer=TokenIssuer(parts.settings, parts.secrets, parts.public_keys),
        attempts=AttemptStore(parts.table),
    )

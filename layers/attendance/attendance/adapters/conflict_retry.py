"""Writes that met a transaction on the same item are sent again: botocore does not do that."""

import random
from typing import Any, cast

from botocore.session import Session

MOST_ATTEMPTS = 4
LONGEST_PAUSE_SECONDS = 0.1
_SINGLE = "TransactionConflictException"
_TRANSACTION = "TransactionCanceledException"
_HARMLESS = {None, "None", "TransactionConflict"}


def retry_conflicts(session: Session) -> None:
    """Have the session's DynamoDB clients send a write again that only a transaction hindered.

    Up to `MOST_ATTEMPTS` in all. A transaction goes out with the same token, so that it is
    carried out once.
    """
    session.register("needs-retry.dynamodb", cast(Any, _pause_before_retry))


def _pause_before_retry(response: Any, attempts: int, **_: Any) -> float | None:
    """Seconds to wait, or None when it is not for us to repeat; as botocore wants it."""
    if response is None or attempts >= MOST_ATTEMPTS or not _is_conflict(response[1]):
        return None
    return random.uniform(0.1, 1.0) * LONGEST_PAUSE_SECONDS * attempts  # noqa: S311 - no secret


def _is_conflict(parsed: dict[str, Any]) -> bool:
    code = parsed.get("Error", {}).get("Code")
    if code != _TRANSACTION:
        return bool(code == _SINGLE)
    codes = {reason.get("Code") for reason in parsed.get("CancellationReasons", [])}
    return "TransactionConflict" in codes and codes <= _HARMLESS

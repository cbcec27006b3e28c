"""What can go wrong between us and the table, translated in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from pynamodb.exceptions import PynamoDBException

from attendance.errors import UnavailableError

_BUSY = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "TransactionConflictException",
    "TransactionInProgressException",
    "InternalServerError",
    "ServiceUnavailable",
}


class ConditionFailedError(Exception):
    """A conditional write found the item other than expected; `item` is what is there now."""

    def __init__(self, item: dict[str, Any] | None = None) -> None:
        super().__init__("the item is not as expected")
        self.item = item

    def shows(self, mark: str) -> bool:
        """Whether a note's body has the writer's own mark: it was written, the answer was lost."""
        return mark in (self.item or {}).get("body", {}).get("S", "")


class TransactionRefusedError(Exception):
    """A transaction was refused; `failed` are the places of the writes whose condition failed."""

    def __init__(self, failed: tuple[int, ...]) -> None:
        super().__init__(f"writes {failed} were refused")
        self.failed = failed


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except PynamoDBException as error:
        _raise_known(error.cause)
        raise
    except ClientError as error:
        _raise_known(error)
        raise
    except (ConnectionError, HTTPClientError) as error:
        raise UnavailableError("unavailable", "The table cannot be reached; try again.") from error


def _raise_known(error: BaseException | None) -> None:
    if isinstance(error, ConnectionError | HTTPClientError):
        raise UnavailableError("unavailable", "The table cannot be reached; try again.") from error
    if not isinstance(error, ClientError):
        return
    code = error.response["Error"]["Code"]
    if code == "ConditionalCheckFailedException":
        raise ConditionFailedError(cast(Any, error.response).get("Item")) from error
    if code == "TransactionCanceledException":
        _raise_cancelled(error)
    if code in _BUSY:
        raise UnavailableError("throttled", "The table is busy; try again.") from error


def _raise_cancelled(error: ClientError) -> None:
    reasons = cast(Any, error.response).get("CancellationReasons", [])
    codes = [reason.get("Code") for reason in reasons]
    failed = tuple(i for i, code in enumerate(codes) if code == "ConditionalCheckFailed")
    if failed:
        raise TransactionRefusedError(failed) from error
    raise UnavailableError("throttled", "Another write was under way; try again.") from error

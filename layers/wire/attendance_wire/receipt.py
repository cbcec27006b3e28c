"""The service's answer to a batch: what became of each row."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """A row that will never be stored, by its index in the batch, and why."""

    index: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class BatchReceipt:
    """Every row of a batch is accepted (durable), a duplicate (durable before) or rejected."""

    accepted: int
    duplicates: int
    rejected: tuple[Rejection, ...]
    serverTime: str  # noqa: N815 - the name is the JSON key

    def to_json(self) -> str:
        """The body of the answer."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, body: bytes | str, *, rows: int) -> "BatchReceipt":
        """Read an answer to a batch of `rows` punches.

        Raises ValueError unless it is a receipt that accounts for every row exactly once;
        anything less must leave the rows in the outbox.
        """
        try:
            answer = json.loads(body)
            rejected = tuple(
                Rejection(index=_count(r["index"]), reason=str(r["reason"]))
                for r in answer["rejected"]
            )
            receipt = cls(
                accepted=_count(answer["accepted"]),
                duplicates=_count(answer["duplicates"]),
                rejected=rejected,
                serverTime=str(answer["serverTime"]),
            )
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError(f"not a receipt: {error!r}") from error
        receipt._check(rows)
        return receipt

    def _check(self, rows: int) -> None:
        indexes = {r.index for r in self.rejected}
        if len(indexes) != len(self.rejected) or any(i >= rows for i in indexes):
            raise ValueError("the receipt names a row twice or one that was not sent")
        if self.accepted + self.duplicates + len(indexes) != rows:
            raise ValueError(f"the receipt does not account for all {rows} rows")


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"expected a whole number of 0 or more, got {value!r}")
    return value

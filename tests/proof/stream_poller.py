"""How AWS Lambda reads a shard: batches in order, halved when they fail, given up at last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
Handler = Callable[[Sequence[Record]], None]
MOST_RETRIES = 10


@dataclass
class Poller:
    """`again` tells of each batch that succeeded whether Lambda invokes with it once more."""

    handler: Handler
    again: Callable[[], bool]
    given_up: list[Record] = field(default_factory=list)
    failures: int = 0

    def drain(self, records: Sequence[Record], batch_size: int) -> None:
        """Give all records to the handler, batch by batch."""
        for first in range(0, len(records), batch_size):
            self._work(records[first : first + batch_size])

    def _work(self, batch: Sequence[Record]) -> None:
        for _ in range(MOST_RETRIES + 1):
            try:
                self.handler(batch)
                if self.again():
                    self.handler(batch)
            except Exception:  # noqa: BLE001 - Lambda asks for no reason
                self.failures += 1
                if len(batch) > 1:
                    for half in _halves(batch):
                        self._work(half)
                    return
            else:
                return
        self.given_up += batch


def _halves(batch: Sequence[Record]) -> Iterator[Sequence[Record]]:
    middle = len(batch) // 2
    yield batch[:middle]
    yield batch[middle:]

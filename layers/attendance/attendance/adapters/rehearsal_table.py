"""The table for a rehearsal: reads see what was written, and nothing is written for good."""

from collections.abc import Iterator, Sequence
from threading import RLock
from typing import Any, TypeVar

from pynamodb.expressions.condition import Condition

from attendance.adapters.items.base import TableItem
from attendance.adapters.keys import Key
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError, TransactionRefusedError
from attendance.adapters.table_requests import Write, keys_of_index

ItemT = TypeVar("ItemT", bound=TableItem)
Raw = dict[str, Any]


class RehearsalTable(Table):
    """Checks revisions as the table does, against the table and the rehearsal's own writes.

    It may be used by several threads. Writes are seen by gets, by `query_all` and by later
    writes; updates in place (names copied to seats) are left out, nothing is decided by them.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._seen: dict[Key, Raw | None] = {}
        self._written: dict[Key, Raw | None] = {}

    def get(self, model: type[ItemT], key: Key) -> ItemT | None:
        """The item of a key as the rehearsal left it."""
        raw = self._present(model, key)
        return None if raw is None else model.from_raw_data(raw)

    def get_many(self, requests: Sequence[tuple[type[TableItem], Key]]) -> list[Any]:
        """As `Table.get_many`; only what was not seen yet is read."""
        unseen = list(
            {key: (model, key) for model, key in requests if key not in self._seen}.values()
        )
        items = super().get_many(unseen) if unseen else []
        with self._lock:
            for (_, key), item in zip(unseen, items, strict=True):
                self._seen.setdefault(key, None if item is None else item.serialize())
        return [self.get(model, key) for model, key in requests]

    def save(self, item: TableItem, condition: Condition | None = None) -> None:
        """As `Table.save`, for conditions on the revision alone."""
        with self._lock:
            present = self._refusing([Write("put", item, condition)])
            if present:
                raise ConditionFailedError(self._seen[_key(item)])
            self._write("put", item)

    def delete(self, key: Key) -> None:
        """As `Table.delete`."""
        with self._lock:
            self._seen[key] = self._written[key] = None

    def update(
        self,
        item: TableItem,
        actions: list[Any],  # noqa: ARG002 - the table's own signature
        condition: Condition | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Nothing is changed; the item as it is given, raw."""
        return item.serialize()

    def transact(
        self,
        writes: Sequence[Write],
        *,
        token: str | None = None,  # noqa: ARG002 - the table's own signature
    ) -> None:
        """As `Table.transact`."""
        with self._lock:
            refused = self._refusing(writes)
            if refused:
                raise TransactionRefusedError(refused)
            for write in writes:
                self._write(write.verb, write.item)

    def query_all(self, partition: str, **options: Any) -> Iterator[Raw]:
        """As `Table.query_all`, with the rehearsal's writes among the rows, in order."""
        pk, sk = keys_of_index(options.get("index"))
        low, high = options.get("between") or ("", "\U0010ffff")
        rows = {_raw_key(raw): raw for raw in super().query_all(partition, **options)}
        with self._lock:
            written = dict(self._written)
        kept = [raw for key, raw in rows.items() if key not in written]
        kept += [
            raw
            for raw in written.values()
            if raw is not None and _text(raw, pk) == partition and low <= _text(raw, sk) <= high
        ]
        newest_first = bool(options.get("newest_first"))
        return iter(sorted(kept, key=lambda raw: _text(raw, sk), reverse=newest_first))

    def _present(self, model: type[TableItem], key: Key) -> Raw | None:
        if key not in self._seen:
            item = super().get(model, key)
            with self._lock:
                self._seen.setdefault(key, None if item is None else item.serialize())
        return self._seen[key]

    def _refusing(self, writes: Sequence[Write]) -> tuple[int, ...]:
        return tuple(place for place, write in enumerate(writes) if not self._allowed(write))

    def _allowed(self, write: Write) -> bool:
        if write.condition is not None:
            raise ValueError("a rehearsal knows conditions on the revision only")
        present = self._present(type(write.item), _key(write.item))
        revision = int(present["revision"]["N"]) if present else 0
        return write.verb == "delete" or revision == (write.item.revision or 0)

    def _write(self, verb: str, item: TableItem) -> None:
        raw = None if verb == "delete" else item.serialize()
        if raw is not None:
            raw["revision"] = {"N": str((item.revision or 0) + 1)}
        self._seen[_key(item)] = self._written[_key(item)] = raw


def _key(item: TableItem) -> Key:
    return item.pk, item.sk


def _raw_key(raw: Raw) -> Key:
    return _text(raw, "pk"), _text(raw, "sk")


def _text(raw: Raw, name: str) -> str:
    return str(raw.get(name, {}).get("S", ""))

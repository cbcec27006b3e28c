"""Which calls reach DynamoDB, counted where botocore sends them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from attendance.adapters.items.base import TableItem
from attendance.adapters.items.listed import LISTED
from tests.engine import TABLE_KEYS

_EVENT = "before-send.dynamodb"


@contextmanager
def table_calls() -> Iterator[list[str]]:
    """The names of the operations sent by this process within the block, retries included."""
    calls: list[str] = []

    def count(request: Any, **_: Any) -> None:
        target = request.headers["X-Amz-Target"]
        name = target.decode() if isinstance(target, bytes) else target
        calls.append(name.rpartition(".")[2])

    events = TableItem._get_connection().connection.client.meta.events
    events.register(_EVENT, count)
    try:
        yield calls
    finally:
        events.unregister(_EVENT, count)


@dataclass
class Reads:
    """What was read: the operations in order, and their read units in all; counts apart."""

    calls: list[str] = field(default_factory=list)
    units: float = 0.0
    calls_for_counts: int = 0
    units_for_counts: float = 0.0

    def add(self, name: str, units: float, *, for_counts: bool) -> None:
        self.calls.append(name)
        self.units += units
        self.calls_for_counts += for_counts
        self.units_for_counts += units * for_counts


@contextmanager
def table_reads() -> Iterator[Reads]:
    """Reads of whole items within the block, with their units by AWS's rules.

    Half a unit for each 4 KB of all items of a call, or of each item of a batch; a whole one where
    the read is consistent.
    """
    reads = Reads()
    asked: list[dict[str, Any]] = []

    def ask(params: Any, **_: Any) -> None:
        asked.append(params)

    def count(parsed: Any, model: Any, **_: Any) -> None:
        (wanted,) = asked[-1].get("RequestItems", {"": asked[-1]}).values()
        groups = [parsed.get("Items", [item] if (item := parsed.get("Item")) else [])]
        if model.name == "BatchGetItem":
            groups = [[item] for item in next(iter(parsed["Responses"].values()))]
        blocks = sum(max(-(-sum(map(item_size, items)) // 4096), 1) for items in groups)
        units = blocks * (1 if wanted.get("ConsistentRead") else 0.5)
        reads.add(model.name, units, for_counts="#COUNT" in json.dumps(wanted))

    events = TableItem._get_connection().connection.client.meta.events
    listeners = {
        f"{moment}.dynamodb.{name}": listener
        for moment, listener in (("provide-client-params", ask), ("after-call", count))
        for name in ("GetItem", "BatchGetItem", "Query")
    }
    for event, listener in listeners.items():
        events.register(event, listener)
    try:
        yield reads
    finally:
        for event, listener in listeners.items():
            events.unregister(event, listener)


def item_size(item: dict[str, Any]) -> int:
    """Bytes of a raw item whose attributes are text, numbers, sets and lists, by AWS's rules.

    A number takes about a byte for two digits and one more; a list three, and one an element.
    """
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def write_units(before: dict[str, Any] | None, after: dict[str, Any]) -> int:
    """Write units of a write, with those of the indexes, by AWS's rules; raw items.

    An index costs only when what it holds changes: the keys, and in `byList` what lists show.
    """
    was = before or {}
    units = _kilobytes(max(item_size(was), item_size(after)))
    for index, names in TABLE_KEYS.items():
        old, new = (_entry(item, index, names) for item in (was, after))
        if old == new:
            continue
        if old and new and all(old[name] == new[name] for name in names):
            units += _kilobytes(max(item_size(old), item_size(new)))
        else:
            units += sum(_kilobytes(item_size(entry)) for entry in (old, new) if entry)
    return units


def list_entry(item: dict[str, Any]) -> dict[str, Any]:
    """What the index of lists holds of a raw item."""
    kept = {"pk", "sk", *TABLE_KEYS["byList"], *LISTED}
    return {name: value for name, value in item.items() if name in kept}


def _entry(item: dict[str, Any], index: str, names: tuple[str, str]) -> dict[str, Any] | None:
    if not all(name in item for name in names):
        return None
    if index == "byList":
        return list_entry(item)
    return {name: item[name] for name in ("pk", "sk", *names)}


def _kilobytes(size: int) -> int:
    return -(-size // 1024)


def _value_size(value: dict[str, Any]) -> int:
    ((kind, content),) = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return (len(content) + 1) // 2 + 1
    if kind == "SS":
        return sum(len(element.encode()) for element in content)
    if kind == "L":
        return 3 + sum(1 + _value_size(element) for element in content)
    if kind in {"BOOL", "NULL"}:
        return 1
    raise ValueError(f"no size is known for {json.dumps(value)}")

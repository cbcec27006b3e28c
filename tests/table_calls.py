"""Which calls reach DynamoDB, counted where botocore sends them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from attendance.adapters.items.base import TableItem

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


def item_size(item: dict[str, Any]) -> int:
    """Bytes of a raw item whose attributes are text, numbers and lists, by AWS's rules.

    A number takes about a byte for two digits and one more; a list three, and one an element.
    """
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: dict[str, Any]) -> int:
    ((kind, content),) = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return (len(content) + 1) // 2 + 1
    if kind == "L":
        return 3 + sum(1 + _value_size(element) for element in content)
    if kind in {"BOOL", "NULL"}:
        return 1
    raise ValueError(f"no size is known for {json.dumps(value)}")

"""Verbs over items that are sets and counts and no model: read and changed as they are kept."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from attendance.adapters.items.base import TableItem
from attendance.adapters.keys import Key
from attendance.adapters.table_errors import translated
from attendance.adapters.table_requests import raw_key
from attendance.errors import UnavailableError


@dataclass(frozen=True, kw_only=True)
class RawChange:
    """An update as the table takes it; `condition` must hold for the item as it is."""

    key: Key
    update: str
    names: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    condition: str | None = None


def _nobody(_partition: str) -> None:
    """Who is told of writes until somebody wants to be."""


class RawTable:
    """The client, and what needs no model."""

    _tell: Callable[[str], None] = staticmethod(_nobody)

    def tell_writes_to(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with the partition of each write, also of one that fails."""
        self._tell = listener

    @property
    def _client(self) -> Any:
        return TableItem._get_connection().connection.client

    @property
    def _name(self) -> str:
        return TableItem.Meta.table_name

    def peek(self, key: Key) -> dict[str, Any] | None:
        """The raw item of a key or None, perhaps a moment behind: half as dear as `get`."""
        with translated():
            answer = self._client.get_item(TableName=self._name, Key=raw_key(key))
        item: dict[str, Any] | None = answer.get("Item")
        return item

    def peek_many(self, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
        """The raw items that there are, a hundred a read, perhaps a moment behind as in `peek`."""
        rest = iter(keys)
        found: dict[Key, dict[str, Any]] = {}
        while places := set(islice(rest, 100)):
            found |= self._batch(places, {"ConsistentRead": False})
        return found

    def _batch(self, keys: Iterable[Key], options: dict[str, Any]) -> dict[Key, dict[str, Any]]:
        found: dict[Key, dict[str, Any]] = {}
        wanted = {"Keys": [raw_key(key) for key in keys], "ConsistentRead": True, **options}
        pending: dict[str, Any] = {self._name: wanted}
        for attempt in range(5):
            if not pending:
                break
            time.sleep(0.05 * attempt)
            with translated():
                answer = self._client.batch_get_item(RequestItems=pending)
            for raw in answer["Responses"].get(self._name, []):
                found[raw["pk"]["S"], raw["sk"]["S"]] = raw
            pending = answer.get("UnprocessedKeys", {})
        if pending:
            raise UnavailableError("throttled", "The table is busy; try again.")
        return found

    def change(self, change: RawChange) -> dict[str, Any]:
        """Change an item, making it if it is not there; as it is afterwards, raw.

        Raises ConditionFailedError with the present item.
        """
        condition = {"ConditionExpression": change.condition} if change.condition else {}
        self._tell(change.key[0])
        with translated():
            answer = self._client.update_item(
                TableName=self._name,
                Key=raw_key(change.key),
                UpdateExpression=change.update,
                ExpressionAttributeNames=dict(change.names),
                ExpressionAttributeValues=dict(change.values),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **condition,
            )
        return dict(answer["Attributes"])

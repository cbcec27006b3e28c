"""The one table: a few verbs over items, errors translated once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from pynamodb.expressions.condition import Condition

from attendance.adapters.items.base import TableItem
from attendance.adapters.keys import Key
from attendance.adapters.raw_table import RawTable
from attendance.adapters.table_errors import translated
from attendance.adapters.table_requests import (
    Write,
    insert_statement,
    projection_of,
    query_arguments,
    raw_key,
)
from attendance.errors import UnavailableError

ItemT = TypeVar("ItemT", bound=TableItem)

_STATEMENTS_A_CALL = 25
KEY_ATTRIBUTES = ("pk", "sk")


@dataclass(frozen=True)
class Page:
    """One answer of a query: raw items and where the next page starts, or None."""

    items: list[dict[str, Any]]
    next_key: dict[str, Any] | None


class Table(RawTable):
    """Verbs over items. Reads are strongly consistent unless they go through an index."""

    def get(self, model: type[ItemT], key: Key) -> ItemT | None:
        """The item of a key, or None."""
        with translated():
            place = {"TableName": self._name, "Key": raw_key(key)}
            answer = self._client.get_item(**place, ConsistentRead=True)
        raw = answer.get("Item")
        return None if raw is None else model.from_raw_data(raw)

    def get_many(self, requests: Sequence[tuple[type[TableItem], Key]]) -> list[Any]:
        """Up to 100 items at once, each None or of its model, in the order asked for."""
        found = self._batch({key for _, key in requests}, {})
        return [
            model.from_raw_data(found[key]) if key in found else None for model, key in requests
        ]

    def get_rows(self, keys: Iterable[Key], attributes: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Some attributes of the items that there are, raw, in no order; a hundred a read."""
        rest = iter(keys)
        projection = projection_of(tuple({*KEY_ATTRIBUTES, *attributes}))
        while places := set(islice(rest, 100)):
            yield from self._batch(places, projection).values()

    def save(self, item: TableItem, condition: Condition | None = None) -> None:
        """Put an item if its revision is still the one it was read with.

        Raises ConditionFailedError with the present item when it is not.
        """
        arguments = item.get_save_kwargs_from_instance(
            condition=condition, return_values_on_condition_failure="ALL_OLD"
        )
        self._tell(item.pk)
        with translated():
            self._client.put_item(**arguments)

    def delete(self, key: Key) -> None:
        """Remove an item; removing what is not there is fine."""
        self._tell(key[0])
        with translated():
            self._client.delete_item(TableName=self._name, Key=raw_key(key))

    def update(
        self, item: TableItem, actions: list[Any], condition: Condition | None = None
    ) -> dict[str, Any]:
        """Change attributes in place and count the revision; the item as it is afterwards, raw.

        Raises ConditionFailedError with the present item.
        """
        arguments = item.get_update_kwargs_from_instance(
            actions=actions,
            condition=condition,
            return_values_on_condition_failure="ALL_OLD",
            add_version_condition=False,
        )
        self._tell(item.pk)
        with translated():
            answer = self._client.update_item(**arguments, ReturnValues="ALL_NEW")
        return dict(answer["Attributes"])

    def transact(self, writes: Sequence[Write], *, token: str | None = None) -> None:
        """All of up to 100 writes, or none. `token` makes a repeat within 10 minutes harmless.

        Raises TransactionRefusedError with the places of the writes that were refused.
        """
        items = [write.request() for write in writes]
        for write in writes:
            self._tell(write.item.pk)
        arguments = {} if token is None else {"ClientRequestToken": token}
        with translated():
            self._client.transact_write_items(TransactItems=items, **arguments)

    def query(
        self,
        partition: str,
        *,
        index: str | None = None,
        between: tuple[str, str] | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        start: dict[str, Any] | None = None,
        attributes: Sequence[str] = (),
    ) -> Page:
        """One page of a partition of the table or of an index, sort keys within `between`.

        `attributes` are all that is read of each item; none means every one.
        """
        arguments = query_arguments(self._name, partition, index, between, attributes)
        arguments["ScanIndexForward"] = not newest_first
        if limit is not None:
            arguments["Limit"] = limit
        if start is not None:
            arguments["ExclusiveStartKey"] = start
        with translated():
            answer = self._client.query(**arguments)
        return Page(answer["Items"], answer.get("LastEvaluatedKey"))

    def query_all(self, partition: str, **options: Any) -> Iterator[dict[str, Any]]:
        """Every item of a partition, page by page; options as `query`."""
        start = None
        while True:
            page = self.query(partition, start=start, **options)
            yield from page.items
            start = page.next_key
            if start is None:
                return

    def count(
        self, partition: str, *, index: str | None = None, between: tuple[str, str] | None = None
    ) -> int:
        """How many items a query would give, exactly; costs as much as reading them."""
        arguments = query_arguments(self._name, partition, index, between) | {"Select": "COUNT"}
        total, start = 0, None
        while True:
            with translated():
                answer = self._client.query(
                    **arguments, **({"ExclusiveStartKey": start} if start else {})
                )
            total += int(answer["Count"])
            start = answer.get("LastEvaluatedKey")
            if not start:
                return total

    def insert_many(self, items: Iterable[TableItem]) -> list[bool]:
        """Insert items that may exist already; for each, whether it is new.

        25 INSERT statements a call; the keys of `items` must differ from each other. Raises
        UnavailableError when any statement failed otherwise: repeating the whole is safe.
        """
        rows = [item.serialize() for item in items]
        fresh: list[bool] = []
        for first in range(0, len(rows), _STATEMENTS_A_CALL):
            fresh += self._insert_chunk(rows[first : first + _STATEMENTS_A_CALL])
        return fresh

    def _insert_chunk(self, rows: list[dict[str, Any]]) -> list[bool]:
        statements = [insert_statement(self._name, row) for row in rows]
        with translated():
            answer = self._client.batch_execute_statement(Statements=statements)
        codes = [response.get("Error", {}).get("Code") for response in answer["Responses"]]
        if any(code not in {None, "DuplicateItem"} for code in codes):
            raise UnavailableError("throttled", "The table is busy; send the same batch again.")
        return [code is None for code in codes]

"""The low-level requests that PynamoDB has no model method for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.expressions.condition import Condition

from attendance.adapters.items.base import TableItem
from attendance.adapters.keys import Key

_PREFIXES = {"byList": "list", "byGroup": "group", "byDue": "due"}


@dataclass(frozen=True)
class Write:
    """One part of a transaction, `put` or `delete`; `condition` adds to the revision check."""

    verb: str
    item: TableItem
    condition: Condition | None = None

    def request(self) -> dict[str, Any]:
        """The part as TransactWriteItems takes it."""
        if self.verb == "put":
            return {"Put": self.item.get_save_kwargs_from_instance(condition=self.condition)}
        arguments = self.item.get_delete_kwargs_from_instance(
            condition=self.condition, add_version_condition=False
        )
        return {"Delete": arguments}


def query_arguments(
    table_name: str,
    partition: str,
    index: str | None,
    between: tuple[str, str] | None,
    attributes: Sequence[str] = (),
) -> dict[str, Any]:
    """A Query on a partition of the table (consistent) or of an index (never consistent)."""
    pk, sk = keys_of_index(index)
    names = {"#p": pk}
    values = {":p": {"S": partition}}
    condition = "#p = :p"
    if between is not None:
        names["#s"] = sk
        values |= {":from": {"S": between[0]}, ":to": {"S": between[1]}}
        condition += " AND #s BETWEEN :from AND :to"
    arguments: dict[str, Any] = {
        "TableName": table_name,
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": values,
        **projection_of(attributes, names),
    }
    return arguments | ({"IndexName": index} if index else {"ConsistentRead": True})


def projection_of(
    attributes: Sequence[str], names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What lets a read tell only some attributes, or all for none; `names` are used beside."""
    told = {f"#a{place}": name for place, name in enumerate(attributes)}
    projection = {"ProjectionExpression": ", ".join(told)} if told else {}
    return {**projection, "ExpressionAttributeNames": {**told, **(names or {})}}


def raw_key(key: Key) -> dict[str, dict[str, str]]:
    """A key as the table takes it."""
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def keys_of_index(index: str | None) -> tuple[str, str]:
    """The attributes that are partition and sort key of an index, or of the table."""
    return (f"{_PREFIXES[index]}Pk", f"{_PREFIXES[index]}Sk") if index else ("pk", "sk")


def insert_statement(table_name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A PartiQL INSERT of one serialised item, refused as DuplicateItem when its key exists."""
    names = ", ".join(f"'{name}': ?" for name in row)
    return {
        "Statement": f'INSERT INTO "{table_name}" VALUE {{{names}}}',
        "Parameters": list(row.values()),
    }

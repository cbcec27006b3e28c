"""The engine forgets to tell a table's stream of PartiQL INSERTs; AWS does not."""

import importlib
from collections.abc import Callable
from typing import Any

Insert = Callable[[dict[str, Any], dict[str, Any]], tuple[int, Any, Any]]


def tell_streams_of_inserts() -> None:
    """Make every successful PartiQL INSERT of the engine a record of the table's stream."""
    dynamodb: Any = importlib.import_module("ministack.services.dynamodb")
    insert: Insert = dynamodb._partiql_insert

    def insert_and_tell(table: dict[str, Any], parsed: dict[str, Any]) -> tuple[int, Any, Any]:
        answer = insert(table, parsed)
        if answer[0] == 200:
            item = parsed["item"]
            new = item["M"] if set(item) == {"M"} else item
            dynamodb._emit_stream_event(table["TableName"], "INSERT", None, new)
        return answer

    dynamodb._partiql_insert = insert_and_tell

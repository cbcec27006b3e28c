"""What the engine does otherwise than AWS with PartiQL: streams and permissions.

On AWS an INSERT is a record of the table's stream like any other, and needs the action
`dynamodb:PartiQLInsert` on its table.
"""

import importlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

BATCH = "BatchExecuteStatement"
_INSERT_INTO = re.compile(r"""\s*INSERT\s+INTO\s+["']?(?P<table>[A-Za-z0-9_.-]+)""", re.IGNORECASE)


def do_as_aws() -> None:
    """Mend both in this process's engine; call it before the engine serves."""
    dynamodb: Any = importlib.import_module("ministack.services.dynamodb")
    dynamodb._partiql_insert = _telling_streams(dynamodb)
    actions: Any = importlib.import_module("ministack.core.iam_actions")
    actions.dynamodb_resource_arns = _with_tables_of_inserts(actions)
    actions.extract_iam_action = _with_partiql_insert(actions.extract_iam_action)


def inserted_tables(body: bytes) -> set[str] | None:
    """The tables that a BatchExecuteStatement inserts into; None when it does anything else."""
    try:
        statements = [entry["Statement"] for entry in json.loads(body)["Statements"]]
    except (ValueError, KeyError, TypeError):
        return None
    matches = [_INSERT_INTO.match(statement) for statement in statements]
    return {match["table"] for match in matches if match} if all(matches) and matches else None


def _telling_streams(dynamodb: Any) -> Callable[..., Any]:
    insert = dynamodb._partiql_insert

    def insert_and_tell(table: dict[str, Any], parsed: dict[str, Any]) -> Any:
        answer = insert(table, parsed)
        if answer[0] == 200:
            item = parsed["item"]
            new = item["M"] if set(item) == {"M"} else item
            dynamodb._emit_stream_event(table["TableName"], "INSERT", None, new)
        return answer

    return insert_and_tell


def _with_partiql_insert(extract: Callable[..., str | None]) -> Callable[..., str | None]:
    def action(
        service: str, method: str, path: str, headers: Mapping[str, str], body: bytes, query: Any
    ) -> str | None:
        found = extract(service, method, path, headers, body, query)
        is_insert = found == f"dynamodb:{BATCH}" and inserted_tables(body) is not None
        return "dynamodb:PartiQLInsert" if is_insert else found

    return action


def _with_tables_of_inserts(actions: Any) -> Callable[..., list[str]]:
    find = actions.dynamodb_resource_arns

    def arns(body: bytes, region: str, account_id: str) -> list[str]:
        found: list[str] = find(body, region, account_id)
        if found or b"Statements" not in body:
            return found
        tables = inserted_tables(body) or set()
        return [actions._dynamodb_table_arn(name, region, account_id) for name in sorted(tables)]

    return arns

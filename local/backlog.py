"""How many stream records the engine still has to hand to its consumers.

The engine keeps no stream over a stop, so the launcher waits for zero before it stops it. It
offers no call that tells this; these are the same positions its own poller works with.
"""

import importlib
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

PATH = "/_local/backlog"


def _undelivered() -> int:
    lambdas: Any = importlib.import_module("ministack.services.lambda_svc")
    tables: Any = importlib.import_module("ministack.services.dynamodb")
    scope: Any = importlib.import_module("ministack.core.responses").request_scope
    behind = 0
    for account, region, mapping in lambdas._iter_all_esms():
        with scope(account, region):
            table = mapping.get("EventSourceArn", "").partition(":table/")[2].partition("/")[0]
            position = lambdas._dynamodb_stream_positions.get(mapping["UUID"], 0)
            behind += max(0, tables.stream_end_position(table) - position) if table else 0
    return behind


async def report(_request: Request) -> JSONResponse:
    """`{"undelivered": records, "running": invocations}`, both 0 when all is quiet."""
    runtime: Any = importlib.import_module("ministack.core.lambda_runtime")
    return JSONResponse({"undelivered": _undelivered(), "running": runtime.workers_in_use()})

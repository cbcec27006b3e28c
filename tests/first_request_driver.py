"""Run as a function of its own: what its first requests wait for.

Reads `{"module": ..., "events": [...]}`, answers the events and prints the milliseconds of each,
the clients made and the modules loaded meanwhile, and the last status.
"""

import importlib
import json
import sys
from time import perf_counter
from types import SimpleNamespace
from typing import Any

CONTEXT = SimpleNamespace(
    aws_request_id="1",
    function_name="function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:function",
    get_remaining_time_in_millis=lambda: 15_000,
)


def main() -> None:
    """Logs go where errors go, so that nothing but the answer is printed."""
    printed, sys.stdout = sys.stdout, sys.stderr
    asked = json.load(sys.stdin)
    began = perf_counter()
    handler = importlib.import_module(asked["module"]).lambda_handler
    start = perf_counter() - began
    json.dump({"start": start * 1000, **answered(handler, asked["events"])}, printed)


def answered(handler: Any, events: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of the requests."""
    session_class: Any = sys.modules["botocore.session"].Session
    create = session_class.create_client
    made: list[str] = []

    def watched(self: Any, name: str, *rest: Any, **options: Any) -> Any:
        made.append(name)
        return create(self, name, *rest, **options)

    session_class.create_client = watched
    loaded, took = set(sys.modules), []
    for event in events:
        began = perf_counter()
        answer = handler(event, CONTEXT)
        took.append((perf_counter() - began) * 1000)
    fresh = sorted(name for name in set(sys.modules) - loaded if name.startswith("attendance"))
    return {"took": took, "clients": made, "loaded": fresh, "status": answer["statusCode"]}


if __name__ == "__main__":
    main()

"""Run on the artifact alone: reads `[[function, event], …]`, prints `[[status, body], …]`.

After a log-in its token goes with every event.
"""

import importlib
import json
import sys
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
    """Logs go where errors go, so that nothing but the answers is printed."""
    printed, sys.stdout = sys.stdout, sys.stderr
    json.dump(list(answers(json.load(sys.stdin))), printed)


def answers(asked: list[tuple[str, dict[str, Any]]]) -> Any:
    """What each function answers, in order."""
    headers: dict[str, str] = {}
    for function, event in asked:
        event["headers"] |= headers
        handler = importlib.import_module(f"{function}.app").lambda_handler
        answer = handler(event, CONTEXT)
        body = json.loads(answer["body"]) if answer["body"].startswith("{") else answer["body"]
        if event["rawPath"] == "/login":
            headers = {"authorization": f"Bearer {body['accessToken']}"}
        yield answer["statusCode"], body


if __name__ == "__main__":
    main()

"""What the engine does otherwise than AWS with buses: it takes a bus for a rule of that name."""

import importlib
import json
from typing import Any


def do_as_aws() -> None:
    """Mend it in this process's engine: DescribeEventBus is asked for on the bus."""
    actions: Any = importlib.import_module("ministack.core.iam_actions")
    resource_arn = actions.extract_resource_arn

    def arn(service: str, *request: Any) -> Any:
        headers, body, (region, account) = request[2], request[3], request[-2:]
        if service == "events" and headers.get("x-amz-target", "").endswith(".DescribeEventBus"):
            return f"arn:aws:events:{region}:{account}:event-bus/{json.loads(body)['Name']}"
        return resource_arn(service, *request)

    actions.extract_resource_arn = arn

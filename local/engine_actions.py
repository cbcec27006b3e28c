"""What the engine, when it enforces IAM, asks other permissions for than AWS does."""

import importlib
import json
from typing import Any

_BATCHES = {
    f"sqs:{action}Batch": f"sqs:{action}"
    for action in ("SendMessage", "DeleteMessage", "ChangeMessageVisibility")
}


def do_as_aws() -> None:
    """Mend both in this process's engine; call it before the engine serves.

    A batch of messages needs the action of one message, and DescribeEventBus is asked for on
    the bus, not on a rule of the bus's name.
    """
    actions: Any = importlib.import_module("ministack.core.iam_actions")
    iam_action, resource_arn = actions.extract_iam_action, actions.extract_resource_arn

    def action(service: str, *request: Any) -> Any:
        found = iam_action(service, *request)
        return _BATCHES.get(found, found)

    def arn(service: str, *request: Any) -> Any:
        headers, body, (region, account) = request[2], request[3], request[-2:]
        if service == "events" and headers.get("x-amz-target", "").endswith(".DescribeEventBus"):
            return f"arn:aws:events:{region}:{account}:event-bus/{json.loads(body)['Name']}"
        return resource_arn(service, *request)

    actions.extract_iam_action = action
    actions.extract_resource_arn = arn

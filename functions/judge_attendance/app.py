"""Judges people again after every change of evidence, roster, directory, calendar or policy."""

from typing import Any

from attendance.bootstrap import runtime
from attendance.services.judge_changes import judge_changes
from attendance.services.judge_tasks import judge_tasks

QUEUE = "aws:sqs"


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Work through a batch of the table's stream, or of the queue of people to judge.

    It raises only when the table is busy, and is then given the batch again; of the queue's
    messages only those that failed. What cannot be worked on is parked with its reason.
    """
    parts, records = runtime(), event["Records"]
    if records[0].get("eventSource") == QUEUE:
        failed = judge_tasks(
            parts, records, lambda: float(context.get_remaining_time_in_millis()) / 1000
        )
        parts.logger.info("judged", tasks=len(records), given_back=len(failed))
        return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}
    changed = judge_changes(parts, records, request_id=context.aws_request_id)
    parts.logger.info("judged", changes=len(records), records_changed=changed)
    return {}

"""Judges people again after every change of evidence, roster or directory."""

from typing import Any

from attendance.bootstrap import runtime
from attendance.services.judge_changes import judge_changes


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Work through a batch of the table's stream.

    It raises only when the table is busy, and is then given the batch again; what cannot be
    worked on is parked with its reason.
    """
    parts = runtime()
    changed = judge_changes(parts, event["Records"], request_id=context.aws_request_id)
    parts.logger.info("judged", changes=len(event["Records"]), records_changed=changed)

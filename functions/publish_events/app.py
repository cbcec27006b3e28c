"""Publishes every committed change to EventBridge (events.md)."""

from typing import Any

from attendance.bootstrap import runtime
from attendance.services.publish_changes import publish_changes


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Work through a batch of the table's stream; raises when it has to be given again."""
    parts = runtime()
    events = publish_changes(parts, parts.bus, event["Records"])
    parts.logger.info("published", changes=len(event["Records"]), events=events)

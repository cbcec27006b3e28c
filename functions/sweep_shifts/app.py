"""Visits the seats that fell due (rules.md section 6)."""

from typing import Any

from attendance.bootstrap import runtime
from attendance.services.sweep_shifts import sweep_shifts


def lambda_handler(_event: dict[str, Any], context: Any) -> dict[str, int]:
    """One tick of the schedule; running it twice equals once."""
    parts = runtime()
    visited = sweep_shifts(parts, parts.now(), context.aws_request_id)
    parts.logger.info("swept", seats=visited)
    return {"seats": visited}

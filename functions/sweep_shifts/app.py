"""Visits the seats that fell due (rules.md section 6), and the terminals that fell silent."""

from typing import Any

from attendance.bootstrap import runtime
from attendance.services.device_silence import note_silent_devices
from attendance.services.due_seats import swept_since
from attendance.services.sweep_shifts import sweep_shifts


def lambda_handler(_event: dict[str, Any], context: Any) -> dict[str, int]:
    """One tick of the schedule; running it twice equals once."""
    parts = runtime()
    now = parts.now()
    since = swept_since(parts, now)
    visited = sweep_shifts(parts, now, context.aws_request_id)
    silent = note_silent_devices(parts, now, since)
    parts.logger.info("swept", seats=visited, devices_silent=silent)
    return {"seats": visited, "devicesSilent": silent}

"""What was read and not yet handed over, on disk (design: nothing is lost, nothing is doubled)."""

from attendance_edge.outbox.errors import (
    OutboxBusyError,
    OutboxError,
    OutboxFullError,
    OutboxUnsafeError,
)
from attendance_edge.outbox.outbox import Outbox
from attendance_edge.outbox.peek import peek
from attendance_edge.outbox.private_folder import make_private_folder, require_writable
from attendance_edge.outbox.rows import (
    DayCount,
    DeviceState,
    OutboxSummary,
    PunchRow,
    QueuedPunch,
    RejectedPunch,
    StoredReading,
)

__all__ = [
    "DayCount",
    "DeviceState",
    "Outbox",
    "OutboxBusyError",
    "OutboxError",
    "OutboxFullError",
    "OutboxSummary",
    "OutboxUnsafeError",
    "PunchRow",
    "QueuedPunch",
    "RejectedPunch",
    "StoredReading",
    "make_private_folder",
    "peek",
    "require_writable",
]

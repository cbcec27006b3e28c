"""What keeps the outbox from its promise.

OutboxError
  x OutboxBusyError    another agent works in this state folder
  x OutboxUnsafeError  this disk or SQLite does not give what durability needs
  x OutboxFullError    the disk is full, and the ballast has been given up already
"""


class OutboxError(Exception):
    """`str()` is one sentence for the operator."""


class OutboxBusyError(OutboxError):
    """Another process holds the lock of the state folder."""


class OutboxUnsafeError(OutboxError):
    """WAL or synchronous FULL could not be had, so nothing can be promised."""


class OutboxFullError(OutboxError):
    """Nothing more can be stored; what is stored stays, and the terminals keep their logs."""

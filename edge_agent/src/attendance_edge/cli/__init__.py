"""The command `attendance-edge`."""

from attendance_edge.cli.main import main

__all__ = ["main"]

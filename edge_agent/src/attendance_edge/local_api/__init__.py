"""What the agent answers on its own machine: the document's live reading, health, metrics."""

from attendance_edge.local_api.app import LocalApi
from attendance_edge.local_api.server import ApiAddressError, LocalServer

__all__ = ["ApiAddressError", "LocalApi", "LocalServer"]

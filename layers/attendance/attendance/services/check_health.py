"""Whether what the service needs can be reached."""

from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError

from attendance.adapters.items.directory_items import NoteItem
from attendance.errors import UnavailableError
from attendance.runtime import Runtime


def check_health(parts: Runtime) -> dict[str, bool]:
    """Each dependency by name, and whether it answers."""
    return {
        "table": _answers(lambda: parts.table.get(NoteItem, ("HEALTH", "HEALTH"))),
        "bus": _answers(parts.bus.check),
    }


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except (UnavailableError, ClientError, BotoCoreError):
        return False
    return True

"""The stores of the service on a connection of their own, past the wire that fails."""

from types import SimpleNamespace
from typing import Any

from attendance.adapters.directory import Directory
from attendance.adapters.punches import PunchStore
from attendance.adapters.seats import SeatStore
from attendance.adapters.table import Table
from tests.engine import aws_client


class DirectTable(Table):
    """The table, asked over a client that is given."""

    def __init__(self, client: Any) -> None:
        self._own_client = client

    @property
    def _client(self) -> Any:
        return self._own_client


def direct_stores(engine_url: str) -> SimpleNamespace:
    """Directory, seats and punches of whoever writes beside the service."""
    table = DirectTable(aws_client("dynamodb", engine_url))
    return SimpleNamespace(
        table=table, directory=Directory(table), seats=SeatStore(table), punches=PunchStore(table)
    )

"""The only place where the parts are put together; importing it does nothing."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools import Logger

from attendance.adapters.directory import Directory
from attendance.adapters.items.base import bind_table
from attendance.adapters.punches import PunchStore
from attendance.adapters.seats import SeatStore
from attendance.adapters.table import Table
from attendance.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """What every function has: settings, stores, a logger and the clock."""

    settings: Settings
    logger: Logger
    table: Table
    directory: Directory
    seats: SeatStore
    punches: PunchStore

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


@cache
def runtime() -> Runtime:
    """The parts, made at the first call of a process."""
    settings = Settings.from_environment(os.environ)
    bind_table(settings.table_name, os.environ["AWS_REGION"])
    table = Table()
    return Runtime(
        settings=settings,
        logger=Logger(),
        table=table,
        directory=Directory(table),
        seats=SeatStore(table),
        punches=PunchStore(table),
    )

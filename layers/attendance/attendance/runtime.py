"""What a function has at hand: the type of what `bootstrap` puts together."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from aws_lambda_powertools import Logger

from attendance.adapters.access import Access
from attendance.adapters.bus import EventBus
from attendance.adapters.directory import Directory
from attendance.adapters.judge_queue import JudgeQueue
from attendance.adapters.list_memory import ListMemory
from attendance.adapters.public_keys import PublicKeys
from attendance.adapters.punches import PunchStore
from attendance.adapters.seats import SeatStore
from attendance.adapters.secrets import Secrets
from attendance.adapters.sessions import SessionStore
from attendance.adapters.table import Table
from attendance.model.session import Session
from attendance.settings import Settings


class FindsSessions(Protocol):
    """From a request to the session behind it."""

    def __call__(self, request: Any) -> Session | None:
        """None without a token. Raises UnauthenticatedError for a bad one."""

    def even_ended(self, request: Any) -> Session | None:
        """Also a session that has been logged out."""


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """What every function has: settings, stores, a logger and the clock."""

    settings: Settings
    logger: Logger
    table: Table
    lists: ListMemory
    directory: Directory
    seats: SeatStore
    punches: PunchStore
    bus: EventBus
    judge_queue: JudgeQueue
    sessions: SessionStore
    access: Access
    public_keys: PublicKeys
    secrets: Secrets
    find_session: FindsSessions

    def now(self) -> datetime:
        """The present instant in UTC."""
        return utc_now()

    def forget_rights(self) -> None:
        """Read people, companies and grants again: this process has just changed some."""
        self.sessions.forget_all()
        self.access.forget_all()


def utc_now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)

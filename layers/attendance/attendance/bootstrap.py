"""The only place where the parts are put together; importing it does nothing."""

import os
from functools import cache

from aws_lambda_powertools import Logger

from attendance.adapters.access import Access
from attendance.adapters.bus import EventBus
from attendance.adapters.directory import Directory
from attendance.adapters.issuer_keys import IssuerKeys
from attendance.adapters.items.base import bind_table
from attendance.adapters.judge_queue import JudgeQueue
from attendance.adapters.list_memory import ListMemory
from attendance.adapters.public_keys import PublicKeys
from attendance.adapters.punches import PunchStore
from attendance.adapters.seats import SeatStore
from attendance.adapters.secrets import Secrets
from attendance.adapters.sessions import SessionStore
from attendance.adapters.table import Table
from attendance.adapters.tokens import TokenVerifier, issuer_of
from attendance.http.find_session import FindSession
from attendance.runtime import Runtime, utc_now
from attendance.services.open_issuer_session import IssuerSessionOpener
from attendance.services.open_session import SessionOpener
from attendance.settings import Settings

__all__ = ["Runtime", "runtime"]


@cache
def runtime() -> Runtime:
    """The parts, made at the first call of a process."""
    settings = Settings.from_environment(os.environ)
    bind_table(settings.table_name, os.environ["AWS_REGION"])
    table, lists = Table(), ListMemory()
    table.tell_writes_to(lists.forget)
    directory = Directory(table)
    sessions, access, public_keys = SessionStore(directory), Access(directory), PublicKeys(table)
    opener = SessionOpener(TokenVerifier(public_keys, settings.stage), sessions, access)
    return Runtime(
        settings=settings,
        logger=Logger(),
        table=table,
        lists=lists,
        directory=directory,
        seats=SeatStore(table),
        punches=PunchStore(table),
        bus=EventBus(settings.event_bus_name, os.environ["AWS_REGION"]),
        judge_queue=JudgeQueue(settings.judge_queue_url, os.environ["AWS_REGION"]),
        sessions=sessions,
        access=access,
        public_keys=public_keys,
        secrets=Secrets(os.environ["AWS_REGION"]),
        find_session=FindSession(
            opener=opener,
            issuer_opener=IssuerSessionOpener(access, IssuerKeys(), sessions),
            own_issuer=issuer_of(settings.stage),
            access=access,
            allowed_origins=settings.allowed_origins,
            now=utc_now,
        ),
    )

"""One writer of a company's roster at a time, so that no two shifts of a person can overlap."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from attendance.adapters import keys
from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.errors import UnavailableError
from attendance.identity import CompanyId, new_id
from attendance.times import from_iso, to_iso

HELD_AT_MOST = timedelta(seconds=35)
"""Longer than a function may run: a holder that is over has been ended by its own limit."""
WAIT_SECONDS = 8.0
PAUSE_SECONDS = 0.02


@contextmanager
def roster_lock(table: Table, company: CompanyId) -> Iterator[None]:
    """Hold the lock. Raises UnavailableError when others hold it for too long.

    A holder that died is passed over after `HELD_AT_MOST`.
    """
    mark = new_id()
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not _take(table, company, mark):
        if time.monotonic() > give_up_at:
            raise UnavailableError("throttled", "The roster is being changed; try again.")
        time.sleep(PAUSE_SECONDS)
    try:
        yield
    finally:
        _give_back(table, company, mark)


def _take(table: Table, company: CompanyId, mark: str) -> bool:
    now = datetime.now(UTC)
    note = table.get(NoteItem, keys.roster_lock_key(company))
    if note is not None and note.body["mark"] and now < from_iso(note.body["until"]):
        return False
    revision = 0 if note is None else int(note.revision)
    return _write(table, company, mark, now + HELD_AT_MOST, revision)


def _give_back(table: Table, company: CompanyId, mark: str) -> None:
    note = table.get(NoteItem, keys.roster_lock_key(company))
    if note is not None and note.body["mark"] == mark:
        _write(table, company, "", datetime.now(UTC), int(note.revision))


def _write(table: Table, company: CompanyId, mark: str, until: datetime, revision: int) -> bool:
    item = NoteItem(
        *keys.roster_lock_key(company), kind="lock", body={"mark": mark, "until": to_iso(until)}
    )
    try:
        table.save(item.at_revision(revision))
    except ConditionFailedError as error:
        return bool(mark) and error.shows(mark)
    return True

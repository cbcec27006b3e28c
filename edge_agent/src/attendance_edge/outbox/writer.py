"""The one connection that writes, behind one lock; on a full disk the ballast is for draining."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from attendance_edge.outbox.ballast import BALLAST_BYTES, Ballast
from attendance_edge.outbox.errors import OutboxError, OutboxFullError
from attendance_edge.outbox.opening import open_durable

logger = logging.getLogger(__name__)

T = TypeVar("T")
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}


class Writer:
    """Transactions on the outbox's file; all methods may be called from any thread."""

    def __init__(self, state_dir: Path, ballast_bytes: int = BALLAST_BYTES) -> None:
        self._lock = threading.Lock()
        self._db = open_durable(state_dir)
        self._ballast = Ballast(state_dir, ballast_bytes)
        self.is_disk_full = not self._ballast.fill()

    def write(self, work: Callable[[sqlite3.Connection], T], *, drains: bool = False) -> T:
        """One transaction, on disk when this returns; OutboxFullError leaves nothing of it.

        Only what `drains` may have the ballast: what is new can be read again later, since
        the terminal still holds it.
        """
        with self._lock:
            try:
                return self._transact(work)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in _NO_ROOM:
                    raise OutboxError(f"The outbox cannot be written: {error}") from error
            self._make_room(drains)
            try:
                return self._transact(work)
            except sqlite3.OperationalError as error:
                raise OutboxFullError(
                    f"The disk is full, nothing more is stored until it has room: {error}"
                ) from error

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Look something up."""
        with self._lock:
            return work(self._db)

    def note_full_disk(self) -> None:
        """Something beside the database had no room."""
        with self._lock:
            self._begin_to_drain()

    def recover(self) -> None:
        """Fold the journal in and keep space back again, once the disk has it."""
        with self._lock:
            if self.is_disk_full:
                with suppress(sqlite3.OperationalError):
                    self._fold_journal_in()
                self.is_disk_full = not (self._ballast.fill() and self._ballast.has_room)
                if not self.is_disk_full:
                    logger.info("the disk has room again")

    def close(self) -> None:
        """End cleanly; an end without it loses nothing."""
        with self._lock:
            self._db.close()

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._db)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        return result

    def _make_room(self, drains: bool) -> None:
        """Fold the journal in, which gives room and may first need some."""
        self._begin_to_drain()
        if drains:
            self._ballast.free()
        with suppress(sqlite3.OperationalError):
            self._fold_journal_in()

    def _begin_to_drain(self) -> None:
        if not self.is_disk_full:
            logger.error("the disk is full: terminals keep their logs, the outbox only drains")
        self.is_disk_full = True

    def _fold_journal_in(self) -> None:
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

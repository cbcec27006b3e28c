"""A database file that keeps what it was given, or an error that says why it cannot."""

import logging
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from attendance_edge.outbox.errors import OutboxError, OutboxUnsafeError
from attendance_edge.outbox.schema import FROM_1_TO_2, TABLES, VERSION

logger = logging.getLogger(__name__)

FILE_NAME = "outbox.sqlite3"
DAMAGED = ".damaged-"
FULL = 2
JOURNAL_PAGES = 256
"""Folded in at about 1 MB, the journal needs no more room for it than the ballast gives."""
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class _DamagedError(Exception):
    """The file is no database, or not a whole one."""


def open_durable(state_dir: Path) -> sqlite3.Connection:
    """The outbox's connection: WAL, synchronous FULL, checked; autocommit off by hand.

    A damaged file is set aside under another name and a new one begun: the terminals still
    hold their logs, and the service knows what it has. Raises OutboxUnsafeError.
    """
    path = state_dir / FILE_NAME
    try:
        return _open(path)
    except _DamagedError as error:
        aside = _set_aside(path)
        logger.warning("the outbox was damaged (%s) and is kept as %s", error, aside.name)
        return _open(path)


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    try:
        _prepare(db)
    except sqlite3.DatabaseError as error:
        db.close()
        if error.sqlite_errorcode & 0xFF in DAMAGE:
            raise _DamagedError(str(error)) from error
        raise OutboxError(f"The outbox {path.name} cannot be opened: {error}") from error
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    mode = db.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    db.execute(f"PRAGMA synchronous={FULL}")
    db.execute("PRAGMA fullfsync=1")
    db.execute(f"PRAGMA wal_autocheckpoint={JOURNAL_PAGES}")
    synchronous = db.execute("PRAGMA synchronous").fetchone()[0]
    if mode != "wal" or synchronous != FULL:
        raise OutboxUnsafeError(
            f"SQLite gives journal mode {mode!r} and synchronous {synchronous} here instead of "
            "WAL and FULL, so a power cut could lose punches: put state_dir on a local disk."
        )
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise _DamagedError(verdict)
    _make_tables(db)


def _make_tables(db: sqlite3.Connection) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        db.executescript(f"BEGIN IMMEDIATE;{TABLES}PRAGMA user_version={VERSION};COMMIT;")
    elif version == 1:
        db.executescript(f"BEGIN IMMEDIATE;{FROM_1_TO_2}PRAGMA user_version={VERSION};COMMIT;")
    elif version != VERSION:
        raise OutboxUnsafeError(
            f"The outbox was written by another version of the agent (format {version}, this one "
            f"knows {VERSION}): install that version, or a newer one."
        )


def _set_aside(path: Path) -> Path:
    """The file with its journal, so that what can be saved from it stays together."""
    mark = f"{DAMAGED}{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(path.with_name(path.name + mark + suffix))
    return path.rename(path.with_name(path.name + mark))

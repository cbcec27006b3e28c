"""Punches in the database: taken once, queued until a receipt, then only remembered."""

import sqlite3
from collections.abc import Iterable, Sequence

from attendance_edge.outbox import day_table
from attendance_edge.outbox.rows import PunchRow, QueuedPunch, RejectedPunch
from attendance_edge.terminal import Quarantined

_COLUMNS = "device_id, user_id, timestamp, status, punch, uid, log_index"
_TAKE = "INSERT OR IGNORE INTO taken VALUES (?)"
_QUEUE = f"INSERT INTO queue ({_COLUMNS}, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


def add_punches(
    db: sqlite3.Connection, device_id: str, rows: Iterable[PunchRow], read_at: str
) -> int:
    """Queue what was never taken before; gives how many those were."""
    new = [row for row in rows if db.execute(_TAKE, (row.identity(device_id),)).rowcount]
    db.executemany(_QUEUE, [(device_id, *_values(row), read_at) for row in new])
    return len(new)


def add_quarantined(
    db: sqlite3.Connection, device_id: str, records: Sequence[Quarantined], read_at: str
) -> None:
    """Keep the bytes of records that say nothing, once each."""
    db.executemany(
        "INSERT OR IGNORE INTO quarantined VALUES (?, ?, ?, ?, ?)",
        [(device_id, one.raw, one.log_index, one.reason, read_at) for one in records],
    )


def oldest(db: sqlite3.Connection, limit: int, after: int) -> list[QueuedPunch]:
    """The next queued punches behind `after`, in the order they were taken."""
    found = db.execute(
        f"SELECT seq, {_COLUMNS}, read_at FROM queue WHERE seq > ? ORDER BY seq LIMIT ?",  # noqa: S608
        (after, limit),
    )
    return [
        QueuedPunch(seq=seq, device_id=device_id, row=PunchRow(*values), read_at=read_at)
        for seq, device_id, *values, read_at in found
    ]


def settle(
    db: sqlite3.Connection, done: Sequence[int], rejected: Sequence[tuple[int, str]], now: str
) -> None:
    """Take out what a receipt names; a rejected punch is kept aside with its reason."""
    db.executemany(
        f"INSERT INTO rejected SELECT seq, {_COLUMNS}, ?, ? FROM queue WHERE seq = ?",  # noqa: S608
        [(reason, now, seq) for seq, reason in rejected],
    )
    day_table.acknowledge(db, done)
    gone = [(seq,) for seq in done] + [(seq,) for seq, _ in rejected]
    db.executemany("DELETE FROM queue WHERE seq = ?", gone)


def queue_again(db: sqlite3.Connection, reason: str, before: str, limit: int) -> int:
    """Queue the oldest refused for a reason before an instant; gives how many those were.

    A refused punch kept the instant of its refusal only, which now stands for its reading.
    """
    found = db.execute(
        "SELECT seq FROM rejected WHERE reason = ? AND rejected_at < ?"
        " ORDER BY rejected_at, seq LIMIT ?",
        (reason, before, limit),
    ).fetchall()
    db.executemany(
        f"INSERT INTO queue ({_COLUMNS}, read_at)"  # noqa: S608
        f" SELECT {_COLUMNS}, rejected_at FROM rejected WHERE seq = ?",
        found,
    )
    db.executemany("DELETE FROM rejected WHERE seq = ?", found)
    return len(found)


def rejected_punches(db: sqlite3.Connection, limit: int) -> list[RejectedPunch]:
    """The latest rejections first."""
    found = db.execute(
        f"SELECT {_COLUMNS}, reason, rejected_at FROM rejected ORDER BY seq DESC LIMIT ?",  # noqa: S608
        (limit,),
    )
    return [
        RejectedPunch(device_id=device, row=PunchRow(*values), reason=reason, rejected_at=at)
        for device, *values, reason, at in found
    ]


def _values(row: PunchRow) -> tuple[object, ...]:
    return row.user_id, row.timestamp, row.status, row.punch, row.uid, row.log_index

"""How much lies in a state folder."""

import sqlite3
from pathlib import Path

from attendance_edge.outbox.ballast import Ballast
from attendance_edge.outbox.opening import DAMAGED, FILE_NAME
from attendance_edge.outbox.raw_logs import FOLDER
from attendance_edge.outbox.rows import OutboxSummary

_COUNTS = """
SELECT (SELECT count(*) FROM queue), (SELECT count(*) FROM taken),
    (SELECT count(*) FROM rejected), (SELECT count(*) FROM quarantined),
    (SELECT read_at FROM queue ORDER BY seq LIMIT 1)
"""


def summarise(db: sqlite3.Connection, state_dir: Path) -> OutboxSummary:
    """Counts from the tables, and the files that an operator should know of."""
    queued, known, rejected, quarantined, oldest = db.execute(_COUNTS).fetchone()
    damaged = sorted(
        path.name
        for path in state_dir.glob(f"{FILE_NAME}{DAMAGED}*")
        if not path.name.endswith(("-wal", "-shm"))
    )
    return OutboxSummary(
        queued=queued,
        known=known,
        rejected=rejected,
        quarantined=quarantined,
        oldest_read_at=oldest,
        damaged_files=tuple(damaged),
        kept_raw_logs=sum(1 for _ in (state_dir / FOLDER).glob("*.bin")),
        is_disk_full=not Ballast(state_dir).exists,
    )

"""Proof of completeness: per terminal and day, what it holds, and what became of that."""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attendance_edge.outbox.rows import DayCount, PunchRow
from attendance_edge.outbox.schema import UNCOUNTED

_ACKNOWLEDGE = """
INSERT INTO day (device_id, day, acknowledged)
SELECT device_id, substr(timestamp, 1, 10), count(*) FROM queue
WHERE seq IN (SELECT value FROM json_each(?)) GROUP BY 1, 2
ON CONFLICT DO UPDATE SET acknowledged = acknowledged + excluded.acknowledged
"""
_LAST_QUEUED = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'queue'"
# NOT INDEXED: by the index of devices, which has their order, all that waits would be read.
_ADD = """
INSERT INTO day (device_id, day, on_device)
SELECT device_id, substr(timestamp, 1, 10), count(*) FROM queue NOT INDEXED WHERE seq > ?
GROUP BY 1, 2
ON CONFLICT DO UPDATE SET on_device = coalesce(on_device, 0) + excluded.on_device
"""
_NONE_LEFT = "UPDATE day SET on_device = 0 WHERE device_id = ?"
_REPLACE = """
INSERT INTO day (device_id, day, on_device) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET on_device = excluded.on_device
"""
_SEED = """
UPDATE day SET acknowledged = max(acknowledged, on_device
    - (SELECT count(*) FROM queue AS q
        WHERE q.device_id = day.device_id AND substr(q.timestamp, 1, 10) = day.day)
    - (SELECT count(*) FROM rejected AS r
        WHERE r.device_id = day.device_id AND substr(r.timestamp, 1, 10) = day.day))
WHERE device_id = ?
"""
_FORGET_NOTE = "DELETE FROM note WHERE name = ?"
_DAYS = """
SELECT device_id, day, max(on_device), sum(waiting), sum(acknowledged), sum(refused) FROM (
    SELECT device_id, day, on_device, 0 AS waiting, acknowledged, 0 AS refused FROM day
    UNION ALL
    SELECT device_id, substr(timestamp, 1, 10), NULL, count(*), 0, 0 FROM queue GROUP BY 1, 2
    UNION ALL
    SELECT device_id, substr(timestamp, 1, 10), NULL, 0, 0, count(*) FROM rejected GROUP BY 1, 2
) GROUP BY device_id, day ORDER BY device_id, day DESC
"""


class DayTally:
    """Counts the punches of a reading by day, equal lines once, in eight bytes a line."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))

    def add(self, rows: Iterable[PunchRow]) -> None:
        """Some more of the reading."""
        for row in rows:
            identity = (row.user_id, row.timestamp, row.status, row.punch)
            self._seen[row.timestamp[:10]].append(hash(identity))

    def counts(self) -> dict[str, int]:
        """How many different punches by day, `YYYY-MM-DD` in the terminal's own time."""
        return {day: len(set(seen)) for day, seen in self._seen.items()}


def acknowledge(db: sqlite3.Connection, done: Sequence[int]) -> None:
    """A receipt named these, which still stand in the queue."""
    db.execute(_ACKNOWLEDGE, (json.dumps(done),))


def last_queued(db: sqlite3.Connection) -> int:
    """The highest sequence number ever given."""
    return int(db.execute(_LAST_QUEUED).fetchone()[0])


def count_new(db: sqlite3.Connection, after: int) -> None:
    """What was queued behind `after` has come from the terminal's own log."""
    db.execute(_ADD, (after,))


def count_whole(db: sqlite3.Connection, device_id: str, counts: Mapping[str, int]) -> None:
    """A whole reading showed so many by day, and no others."""
    db.execute(_NONE_LEFT, (device_id,))
    db.executemany(_REPLACE, [(device_id, day, count) for day, count in counts.items()])
    if db.execute(_FORGET_NOTE, (UNCOUNTED + device_id,)).rowcount:
        db.execute(_SEED, (device_id,))


def day_counts(db: sqlite3.Connection) -> list[DayCount]:
    """Every day of every terminal, the newest first."""
    return [DayCount(*row) for row in db.execute(_DAYS)]

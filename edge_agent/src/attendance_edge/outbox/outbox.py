"""Punches on disk from the moment they are read to the moment a receipt names them."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Self

from attendance_edge.instants import utc_now
from attendance_edge.outbox import day_table, device_table, punch_tables
from attendance_edge.outbox.ballast import BALLAST_BYTES
from attendance_edge.outbox.day_table import DayTally
from attendance_edge.outbox.errors import OutboxFullError
from attendance_edge.outbox.lock_file import LockFile
from attendance_edge.outbox.private_folder import make_private_folder, unusable
from attendance_edge.outbox.raw_logs import RawLogs
from attendance_edge.outbox.rows import (
    DeviceState,
    OutboxSummary,
    PunchRow,
    QueuedPunch,
    StoredReading,
)
from attendance_edge.outbox.summary import summarise
from attendance_edge.outbox.writer import Writer

_NOTE = "SELECT value FROM note WHERE name = ?"
_KEEP_NOTE = "INSERT OR REPLACE INTO note VALUES (?, ?)"
CHUNK_ROWS = 2_000
"""Punches a transaction: a first reading of a large log must not keep others from the disk."""


class Outbox:
    """The state folder of one agent; every method may be called from any thread.

    What a method stored is on disk when it returns. Opening raises the tree in `errors.py`.
    """

    def __init__(self, state_dir: Path, *, ballast_bytes: int = BALLAST_BYTES) -> None:
        self.state_dir = state_dir
        make_private_folder(state_dir)
        try:
            self._lock_file = LockFile(state_dir)
        except OSError as error:
            raise unusable(error) from error
        try:
            self._writer = Writer(state_dir, ballast_bytes)
            self._raw_logs = RawLogs(state_dir)
        except OSError as error:
            self._lock_file.close()
            raise unusable(error) from error
        except BaseException:
            self._lock_file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End cleanly and let another agent have the folder."""
        self._writer.close()
        self._lock_file.close()

    @property
    def is_disk_full(self) -> bool:
        """Whether only draining is allowed now: nothing new may be read."""
        return self._writer.is_disk_full

    def recover_space(self) -> None:
        """Keep space back again if the disk has it by now."""
        self._writer.recover()

    def keep_raw(self, device_id: str, raw: bytes) -> Path:
        """A log's bytes as they came, on disk; to be given to `store` when they were understood."""
        try:
            return self._raw_logs.keep(device_id, raw)
        except OSError as error:
            self._writer.note_full_disk()
            raise OutboxFullError(f"A terminal's log cannot be kept: {error}") from error

    def store(self, reading: StoredReading, raw_logs: Sequence[Path] = ()) -> int:
        """Queue the punches that were never taken before; gives how many.

        The terminal's known log and watermark move in the transaction of the last of them, so
        that a cut before it has the terminal read again. `raw_logs` are dropped after it.
        """
        added = 0
        tally = DayTally()
        rows = iter(reading.punches)
        chunk = list(islice(rows, CHUNK_ROWS))
        while following := list(islice(rows, CHUNK_ROWS)):
            added += self._writer.write(_adding(reading, chunk, tally))
            chunk = following

        def last(db: sqlite3.Connection) -> int:
            punch_tables.add_quarantined(
                db, reading.device_id, reading.quarantined, reading.read_at
            )
            if reading.known is not None:
                device_table.keep_success(db, reading, reading.known)
            new = _adding(reading, chunk, tally)(db)
            if reading.is_whole:
                day_table.count_whole(db, reading.device_id, tally.counts())
            return new

        added += self._writer.write(last)
        for path in raw_logs:
            path.unlink(missing_ok=True)
        return added

    def store_failure(self, device_id: str, error: str, attempted_at: str) -> None:
        """Note that a terminal could not be read."""
        self._writer.write(lambda db: device_table.keep_failure(db, device_id, error, attempted_at))

    def store_remark(self, device_id: str, remark: str, at: str) -> None:
        """Note that a terminal would not talk, which is no failure yet."""
        self._writer.write(lambda db: device_table.keep_remark(db, device_id, remark, at))

    def store_contact(self, device_id: str, at: str) -> None:
        """A terminal that calls by itself has called."""
        self._writer.write(lambda db: device_table.keep_contact(db, device_id, at))

    def keep_note(self, name: str, value: str) -> None:
        """A word to remember over a restart."""
        self._writer.write(lambda db: db.execute(_KEEP_NOTE, (name, value)))

    def note(self, name: str) -> str | None:
        """What was kept under this name."""
        row = self._writer.read(lambda db: db.execute(_NOTE, (name,)).fetchone())
        return None if row is None else str(row[0])

    def forget_transport(self, device_id: str) -> None:
        """The remembered transport failed: ask anew next time."""
        self._writer.write(lambda db: device_table.forget_transport(db, device_id))

    def mark_disabled(self, device_id: str) -> None:
        """Before a terminal is disabled."""
        self._writer.write(lambda db: device_table.mark_disabled(db, device_id, True))

    def unmark_disabled(self, device_id: str) -> None:
        """After it has confirmed that it is enabled."""
        self._writer.write(lambda db: device_table.mark_disabled(db, device_id, False), drains=True)

    def devices(self) -> dict[str, DeviceState]:
        """All terminals ever met."""
        return self._writer.read(device_table.device_states)

    def last_contacts(self) -> dict[str, DeviceState]:
        """All terminals ever met, without counting what waits, so without a watermark."""
        return self._writer.read(device_table.last_contacts)

    def device(self, device_id: str) -> DeviceState:
        """One terminal; an empty state for one never met."""
        found = self._writer.read(lambda db: device_table.device_states(db, device_id))
        return found.get(device_id) or DeviceState(device_id=device_id)

    def queued(self, limit: int, *, after: int = 0) -> list[QueuedPunch]:
        """The oldest punches that wait, behind sequence number `after`."""
        return self._writer.read(lambda db: punch_tables.oldest(db, limit, after))

    def settle(self, done: Iterable[int], rejected: Iterable[tuple[int, str]] = ()) -> None:
        """What a receipt named: sequence numbers done, and those refused with the reason."""
        now = utc_now()
        gone, refused = list(done), list(rejected)
        self._writer.write(lambda db: punch_tables.settle(db, gone, refused, now), drains=True)

    def queue_again(self, reason: str, *, before: str, limit: int) -> int:
        """Queue the oldest that were refused for a reason before an instant (UTC, ISO 8601)."""
        return self._writer.write(
            lambda db: punch_tables.queue_again(db, reason, before, limit), drains=True
        )

    def summary(self) -> OutboxSummary:
        """How much lies where."""
        return self._writer.read(lambda db: summarise(db, self.state_dir))


def _adding(
    reading: StoredReading, rows: list[PunchRow], tally: DayTally
) -> Callable[[sqlite3.Connection], int]:
    def add(db: sqlite3.Connection) -> int:
        before = day_table.last_queued(db)
        added = punch_tables.add_punches(db, reading.device_id, rows, reading.read_at)
        if reading.is_whole:
            tally.add(rows)
        elif reading.known is not None:
            day_table.count_new(db, before)
        return added

    return add

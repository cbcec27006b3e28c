"""Looking into an outbox beside a running agent, without writing."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from attendance_edge.outbox.day_table import day_counts
from attendance_edge.outbox.device_table import device_states
from attendance_edge.outbox.errors import OutboxError
from attendance_edge.outbox.opening import DAMAGE, FILE_NAME
from attendance_edge.outbox.private_folder import unusable
from attendance_edge.outbox.punch_tables import rejected_punches
from attendance_edge.outbox.rows import DayCount, DeviceState, OutboxSummary, RejectedPunch
from attendance_edge.outbox.summary import summarise

MOST_REJECTED = 20


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """The state folder at one moment; `rejected` holds the latest few, `notes` by name.

    `days` are counted by terminal, the newest first; none in an outbox of an earlier version.
    """

    summary: OutboxSummary
    devices: dict[str, DeviceState]
    rejected: tuple[RejectedPunch, ...]
    notes: dict[str, str]
    days: tuple[DayCount, ...]


def peek(state_dir: Path) -> Glimpse | None:
    """None when no agent has worked here yet; OutboxError when the file cannot be read."""
    path = state_dir / FILE_NAME
    try:
        if not path.is_file():
            return None
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.execute("BEGIN")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                return None
            return Glimpse(
                summary=summarise(db, state_dir),
                devices=device_states(db),
                rejected=tuple(rejected_punches(db, MOST_REJECTED)),
                notes=dict(db.execute("SELECT name, value FROM note")),
                days=tuple(day_counts(db)) if version > 1 else (),
            )
    except OSError as error:
        raise unusable(error) from error
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE:
            raise OutboxError(
                f"The outbox {path} is damaged ({error}). `attendance-edge doctor`, or the agent's "
                "next start, sets it aside and reads every terminal anew."
            ) from error
        raise OutboxError(f"The outbox cannot be read: {error}") from error

"""What goes into the outbox and comes out of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from attendance_edge.instants import from_iso, to_iso
from attendance_edge.terminal import KnownLog, Quarantined


@dataclass(frozen=True, slots=True)
class PunchRow:
    """One punch as the service will be told; `timestamp` is `YYYY-MM-DD HH:MM:SS`."""

    user_id: str
    timestamp: str
    status: int
    punch: int
    uid: int | None = None
    log_index: int | None = None

    def identity(self, device_id: str) -> bytes:
        """16 bytes that are equal for the same punch and no other (punches.md)."""
        text = "\0".join(
            (device_id, self.user_id, self.timestamp, str(self.status), str(self.punch))
        )
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, kw_only=True, slots=True)
class QueuedPunch:
    """A punch that waits for a receipt; `read_at` is the reading's instant, ISO 8601 UTC."""

    seq: int
    device_id: str
    row: PunchRow
    read_at: str


@dataclass(frozen=True, kw_only=True)
class StoredReading:
    """What one successful conversation leaves behind; instants are ISO 8601 in UTC.

    `known` is None when the punches did not come from the terminal's log (an import, an upload);
    then nothing of the terminal's state moves. `is_whole` says that the punches are all of its
    log, and not those behind what is known.
    """

    device_id: str
    read_at: str
    punches: Sequence[PunchRow]
    quarantined: tuple[Quarantined, ...] = ()
    known: KnownLog | None = None
    is_whole: bool = False
    transport: str = ""
    model: str = ""
    records_on_device: int | None = None
    log_capacity: int | None = None
    clock_offset_seconds: float | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeviceState:
    """What the last conversations with one terminal showed.

    `attempted_at` is the last try, `read_at` the last success: every punch the terminal had
    taken by then is in the outbox or beyond. `queued` is negative where it was not counted.
    """

    device_id: str
    serial_number: str = ""
    transport: str = ""
    model: str = ""
    firmware: str = ""
    known: KnownLog | None = None
    ok: bool = False
    error: str | None = None
    attempted_at: str | None = None
    read_at: str | None = None
    records_on_device: int | None = None
    log_capacity: int | None = None
    clock_offset_seconds: float | None = None
    remarks: tuple[str, ...] = ()
    is_disabled: bool = False
    queued: int = 0
    rejected: int = 0
    quarantined: int = 0

    @property
    def watermark(self) -> str | None:
        """The instant before which the terminal's times hold nothing more; None while some wait.

        A clock that is behind will yet write times before `read_at`, so it promises less.
        """
        if self.read_at is None or self.queued:
            return None
        behind = min(0.0, self.clock_offset_seconds or 0.0)
        return to_iso(from_iso(self.read_at) + timedelta(seconds=behind))


@dataclass(frozen=True, kw_only=True)
class RejectedPunch:
    """A punch the service will never take, and its word for why."""

    device_id: str
    row: PunchRow
    reason: str
    rejected_at: str


@dataclass(frozen=True)
class DayCount:
    """Different punches of one terminal on one day of its own, `YYYY-MM-DD`.

    `on_device` is None for a terminal whose log was never read. `acknowledged` were named by a
    receipt of the service, `waiting` stand in the outbox, `refused` will never be taken.
    """

    device_id: str
    day: str
    on_device: int | None
    waiting: int
    acknowledged: int
    refused: int

    @property
    def missing(self) -> int:
        """On the terminal and nowhere else; anything but 0 breaks the agent's promise."""
        found = self.waiting + self.acknowledged + self.refused
        return max(0, (self.on_device or 0) - found)


@dataclass(frozen=True, kw_only=True)
class OutboxSummary:
    """How much lies there."""

    queued: int
    known: int
    rejected: int
    quarantined: int
    oldest_read_at: str | None
    damaged_files: tuple[str, ...]
    kept_raw_logs: int
    is_disk_full: bool

"""What the outbox keeps of a conversation."""

from collections.abc import Sequence
from typing import overload

from attendance_edge.instants import to_iso
from attendance_edge.outbox import PunchRow, StoredReading
from attendance_edge.terminal import Reading, TerminalPunch


class _Rows(Sequence[PunchRow]):
    """Made when they are looked at: all rows of a large log at once would double its memory."""

    def __init__(self, punches: Sequence[TerminalPunch]) -> None:
        self._punches = punches

    def __len__(self) -> int:
        return len(self._punches)

    @overload
    def __getitem__(self, place: int) -> PunchRow: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[PunchRow]: ...

    def __getitem__(self, place: int | slice) -> PunchRow | Sequence[PunchRow]:
        if isinstance(place, slice):
            return _Rows(self._punches[place])
        return punch_row(self._punches[place])


def stored_reading(device_id: str, reading: Reading) -> StoredReading:
    """What the outbox keeps of a reading."""
    return StoredReading(
        device_id=device_id,
        read_at=to_iso(reading.read_at),
        punches=_Rows(reading.punches),
        quarantined=reading.quarantined,
        known=reading.known,
        is_whole=reading.method == "full",
        transport=reading.transport,
        model=reading.model,
        records_on_device=reading.records_on_device,
        log_capacity=reading.log_capacity,
        clock_offset_seconds=reading.clock_offset_seconds,
        remarks=reading.remarks,
    )


def punch_row(punch: TerminalPunch) -> PunchRow:
    """A punch with its time in the form that is stored and sent."""
    return PunchRow(
        punch.user_id,
        punch.timestamp.isoformat(sep=" ", timespec="seconds"),
        punch.status,
        punch.punch,
        punch.uid,
        punch.log_index,
    )

"""What the outbox keeps of a conversation."""

from attendance_edge.instants import to_iso
from attendance_edge.outbox import PunchRow, StoredReading
from attendance_edge.terminal import Reading, TerminalPunch


def stored_reading(device_id: str, reading: Reading) -> StoredReading:
    """What the outbox keeps of a reading."""
    return StoredReading(
        device_id=device_id,
        read_at=to_iso(reading.read_at),
        punches=tuple(punch_row(punch) for punch in reading.punches),
        quarantined=reading.quarantined,
        known=reading.known,
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

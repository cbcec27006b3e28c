"""What is known of each terminal, in the database."""

import json
import sqlite3

from attendance_edge.outbox.rows import DeviceState, StoredReading
from attendance_edge.terminal import KnownLog

NOT_COUNTED = -1
_NEW = "INSERT OR IGNORE INTO device (device_id) VALUES (?)"
_READ = """
UPDATE device SET serial_number = :serial_number, transport = :transport, model = :model,
    firmware = :firmware, known = :known, ok = 1, error = NULL, attempted_at = :read_at,
    read_at = :read_at, records_on_device = :records_on_device, log_capacity = :log_capacity,
    clock_offset_seconds = :clock_offset_seconds, remarks = :remarks
WHERE device_id = :device_id
"""
_ALL = """
SELECT device.*,
    (SELECT count(*) FROM queue WHERE queue.device_id = device.device_id) AS queued,
    (SELECT count(*) FROM rejected WHERE rejected.device_id = device.device_id) AS rejected,
    (SELECT count(*) FROM quarantined WHERE quarantined.device_id = device.device_id)
        AS quarantined
FROM device
"""
_UNCOUNTED = f"SELECT *, {NOT_COUNTED} AS queued FROM device"  # noqa: S608


def keep_success(db: sqlite3.Connection, reading: StoredReading, known: KnownLog) -> None:
    """Move what is known of the terminal on to this reading."""
    db.execute(_NEW, (reading.device_id,))
    db.execute(
        _READ,
        {
            "device_id": reading.device_id,
            "serial_number": known.serial_number,
            "transport": reading.transport,
            "model": reading.model,
            "firmware": known.firmware,
            "known": known.to_json(),
            "read_at": reading.read_at,
            "records_on_device": reading.records_on_device,
            "log_capacity": reading.log_capacity,
            "clock_offset_seconds": reading.clock_offset_seconds,
            "remarks": json.dumps(reading.remarks),
        },
    )


def keep_failure(db: sqlite3.Connection, device_id: str, error: str, attempted_at: str) -> None:
    """Note a conversation that failed; what was known before stays."""
    db.execute(_NEW, (device_id,))
    db.execute(
        "UPDATE device SET ok = 0, error = ?, attempted_at = ? WHERE device_id = ?",
        (error, attempted_at, device_id),
    )


def keep_remark(db: sqlite3.Connection, device_id: str, remark: str, attempted_at: str) -> None:
    """Note what a try showed without a reading; how the terminal is stays as it was."""
    db.execute(
        "UPDATE device SET remarks = ?, attempted_at = ? WHERE device_id = ?",
        (json.dumps([remark]), attempted_at, device_id),
    )


def keep_contact(db: sqlite3.Connection, device_id: str, at: str) -> None:
    """Note a call of the terminal's own; it promises nothing about what the terminal holds."""
    db.execute(_NEW, (device_id,))
    db.execute(
        "UPDATE device SET ok = 1, error = NULL, attempted_at = ? WHERE device_id = ?",
        (at, device_id),
    )


def forget_transport(db: sqlite3.Connection, device_id: str) -> None:
    """Let the next conversation ask anew."""
    db.execute("UPDATE device SET transport = '' WHERE device_id = ?", (device_id,))


def mark_disabled(db: sqlite3.Connection, device_id: str, disabled: bool) -> None:
    """Note that people may be locked out, or that they no longer are."""
    db.execute(_NEW, (device_id,))
    db.execute("UPDATE device SET is_disabled = ? WHERE device_id = ?", (int(disabled), device_id))


def device_states(db: sqlite3.Connection, device_id: str | None = None) -> dict[str, DeviceState]:
    """All terminals ever met, or one, by id."""
    where, values = ("WHERE device_id = ?", (device_id,)) if device_id else ("", ())
    return _states(db.execute(_ALL + where, values))


def last_contacts(db: sqlite3.Connection) -> dict[str, DeviceState]:
    """The same of all, NOT_COUNTED for what is queued: counting takes longer the more waits."""
    return _states(db.execute(_UNCOUNTED))


def _states(cursor: sqlite3.Cursor) -> dict[str, DeviceState]:
    names = [column[0] for column in cursor.description]
    states = [_state(dict(zip(names, row, strict=True))) for row in cursor]
    return {state.device_id: state for state in states}


def _state(values: dict[str, object]) -> DeviceState:
    return DeviceState(
        **{
            **values,
            "ok": bool(values["ok"]),
            "is_disabled": bool(values["is_disabled"]),
            "remarks": tuple(json.loads(str(values["remarks"]))),
            "known": KnownLog.from_json(str(values["known"])),
        }  # type: ignore[arg-type]
    )

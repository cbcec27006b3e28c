"""Punches on their way up, with the state of the terminals they came from."""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Punch:
    """One line of a terminal's log.

    `timestamp` is the terminal's own wall time, `YYYY-MM-DD HH:MM:SS`, without a zone.
    `status` is how the person was verified, `punch` the key that was pressed (0 in, 1 out, ...).
    """

    device_id: str
    user_id: str
    timestamp: str
    status: int
    punch: int
    uid: int | None = None
    log_index: int | None = None


@dataclass(frozen=True, kw_only=True)
class DeviceReport:
    """What the last contact with one terminal showed.

    `read_at` and `watermark` are ISO 8601 instants in UTC, `clock_offset_seconds` is the
    terminal's clock minus the agent's, `timezone` an IANA name. `watermark` promises that
    every punch the terminal took before that instant has been handed over.
    """

    device_id: str
    device_name: str
    serial_number: str
    ok: bool
    read_at: str
    records_on_device: int | None
    clock_offset_seconds: float | None
    timezone: str
    error: str | None = None
    watermark: str | None = None


@dataclass(frozen=True, kw_only=True)
class PunchBatch:
    """One upload: at most 1,000 punches and a report a terminal. `sentAt` is in UTC."""

    batchId: str  # noqa: N815 - the names are the JSON keys
    sentAt: str  # noqa: N815
    devices: tuple[DeviceReport, ...]
    punches: tuple[Punch, ...]

    def to_json(self) -> bytes:
        """The bytes that are signed and sent; keys that have no value are left out."""
        return json.dumps(
            _present(asdict(self)), separators=(",", ":"), ensure_ascii=False
        ).encode()


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        optional = {"error", "watermark", "uid", "log_index"}
        return {k: _present(v) for k, v in value.items() if v is not None or k not in optional}
    if isinstance(value, list | tuple):
        return [_present(item) for item in value]
    return value

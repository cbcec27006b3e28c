"""The agent's state as data: the same for `status --json` and `/health`."""

from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from attendance_edge.config import Config, DeviceConfig
from attendance_edge.outbox import DeviceState, OutboxSummary
from attendance_edge.uplink import NotEnrolledError, load_identity


def status_of(
    config: Config, summary: OutboxSummary, states: dict[str, DeviceState]
) -> dict[str, Any]:
    """Version, enrolment, outbox and every terminal; instants ISO 8601 UTC, offsets seconds."""
    return {
        "version": version("attendance-edge"),
        "cloud": config.cloud_url,
        "agent_id": _agent_id(config),
        "outbox": asdict(summary),
        "devices": [
            _device(device, states.get(device.id) or DeviceState(device_id=device.id))
            for device in config.devices
        ],
    }


def _agent_id(config: Config) -> str | None:
    try:
        return load_identity(config.state_dir).agent_id
    except NotEnrolledError:
        return None


def _device(device: DeviceConfig, state: DeviceState) -> dict[str, Any]:
    return {
        "device_id": device.id,
        "device_name": device.name,
        "address": str(device.address) if device.address else None,
        "transport": state.transport or (device.address.transport if device.address else "push"),
        "serial_number": state.serial_number or device.serial_number,
        "model": state.model,
        "firmware": state.firmware,
        "ok": state.ok,
        "error": state.error,
        "attempted_at": state.attempted_at,
        "read_at": state.read_at,
        "watermark": state.watermark,
        "records_on_device": state.records_on_device,
        "log_capacity": state.log_capacity,
        "clock_offset_seconds": state.clock_offset_seconds,
        "timezone": device.timezone,
        "queued": state.queued,
        "rejected": state.rejected,
        "quarantined": state.quarantined,
        "may_be_disabled": state.is_disabled,
        "remarks": list(state.remarks),
    }

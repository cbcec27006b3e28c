"""What each terminal's last report said, for readers of punches (punches.md)."""

from dataclasses import dataclass

from attendance.adapters.directory import Directory
from attendance.identity import CompanyId


@dataclass(frozen=True, kw_only=True)
class DeviceHealth:
    """Names of all devices ever; errors and watermarks (UTC, ISO 8601) of the present ones."""

    names: dict[str, str]
    errors: dict[str, str]
    watermarks: dict[str, str | None]


def read_device_health(directory: Directory, company: CompanyId) -> DeviceHealth:
    """Read a company's devices consistently; one that never reported has no watermark."""
    devices = directory.members_now(company, "DEVICE")
    health = {d.member_id: d.body.get("health") or {} for d in devices if d.is_active}
    return DeviceHealth(
        names={device.member_id: device.body["name"] for device in devices},
        errors={
            device_id: told.get("error") or "The terminal could not be read."
            for device_id, told in health.items()
            if told.get("ok") is False
        },
        watermarks={device_id: told.get("watermark") for device_id, told in health.items()},
    )

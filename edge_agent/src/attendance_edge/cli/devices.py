"""Finding a device of the configuration by the id a person typed."""

import typer

from attendance_edge.config import Config, DeviceConfig


def device_named(config: Config, device_id: str) -> DeviceConfig:
    """The device, or an error that names those there are."""
    for device in config.devices:
        if device.id == device_id:
            return device
    known = ", ".join(device.id for device in config.devices)
    raise typer.BadParameter(f"there is no device {device_id!r} in {config.path}; known: {known}")

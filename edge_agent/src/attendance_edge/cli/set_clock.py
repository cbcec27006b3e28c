"""`attendance-edge set-clock DEVICE`: the one thing the agent ever changes in a terminal."""

from dataclasses import asdict
from typing import Annotated

import typer

from attendance_edge.cli.devices import device_named
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.poll_table import offset_text
from attendance_edge.cli.printer import Printer
from attendance_edge.config import Config, DeviceConfig, load_config
from attendance_edge.outbox import Outbox
from attendance_edge.terminal import ClockChange, set_clock


def set_device_clock(
    device: Annotated[str, typer.Argument(help="The device's id in edge.toml.")],
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Set one terminal's clock to this machine's time in the terminal's zone."""
    printer = Printer(as_json=json)
    with printer.errors_told():
        settings = load_config(config)
        found = device_named(settings, device)
        change = _set_clock(settings, found)
    before, after = offset_text(change.before_seconds), offset_text(change.after_seconds)
    printer.result(
        {"ok": True, "device_id": found.id, **asdict(change)},
        f"{found.id}: its clock was {before} off, and is {after} off now.",
    )


def _set_clock(config: Config, device: DeviceConfig) -> ClockChange:
    """Under the state folder's lock, so that no running agent talks with the terminal."""
    if device.address is None:
        raise typer.BadParameter(f"{device.id} has no address to be reached at")
    with Outbox(config.state_dir) as outbox:
        return set_clock(
            device.address,
            deadline_seconds=config.deadline_seconds,
            expected_serial=device.serial_number or outbox.device(device.id).serial_number,
            zone=device.zone,
        )

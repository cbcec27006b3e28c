"""`attendance-edge poll`."""

import logging
from typing import Any

import typer

from attendance_edge.agent.fleet import Fleet
from attendance_edge.agent.round import Round, go_round
from attendance_edge.agent.round_data import round_data
from attendance_edge.agent.uplink_trouble import note_trouble
from attendance_edge.cli.exit_code import ExitCode
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.poll_table import poll_summary, poll_table
from attendance_edge.cli.printer import Printer
from attendance_edge.cli.progress import progress
from attendance_edge.cli.running_agent import poll_by_running_agent
from attendance_edge.config import Config, load_config
from attendance_edge.outbox import Outbox, OutboxBusyError
from attendance_edge.uplink import Cloud, Handover, Uplink, load_identity
from attendance_edge.uplink.server_clock import ServerClock


def poll(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False) -> None:
    """Read every terminal once and forward what is new; a running agent is asked to do it.

    Exits 0; 1 when a terminal failed; 2 when the service took not all, which loses
    nothing; 3 for a wrong configuration or an agent that is not enrolled.
    """
    printer = Printer(as_json=json)
    with printer.errors_told():
        settings = load_config(config)
        data = _poll(settings, printer)
    printer.result(data, poll_table(data), poll_summary(data))
    raise typer.Exit(_exit_code(data))


def _poll(config: Config, printer: Printer) -> dict[str, Any]:
    try:
        with Outbox(config.state_dir) as outbox:
            result = _go_round(config, outbox, printer)
            note_trouble(outbox, result.handover.error)
            return round_data(result, outbox.summary().queued)
    except OutboxBusyError:
        data = poll_by_running_agent(config)
        if data is None:
            raise
        return data


def _go_round(config: Config, outbox: Outbox, printer: Printer) -> Round:
    logging.getLogger("attendance_edge").setLevel(logging.ERROR)
    outbox.recover_space()
    clock = ServerClock()
    devices = {device.id: device for device in config.devices}

    def hand_over() -> Handover:
        identity = load_identity(config.state_dir)
        with Cloud(config.cloud_url, identity, clock=clock) as cloud:
            return Uplink(outbox, cloud, devices, clock).hand_over()

    fleet = Fleet(config, outbox)
    with progress(printer, "reading terminals", len(fleet.readers)) as advance:
        return go_round(fleet.read_all(), hand_over, lambda _outcome: advance(1))


def _exit_code(data: dict[str, Any]) -> ExitCode:
    uplink = data["uplink"]
    if not uplink["enrolled"]:
        return ExitCode.CONFIGURATION
    if not uplink["ok"]:
        return ExitCode.CLOUD_UNREACHABLE
    return ExitCode.DONE if data["ok"] else ExitCode.FAILED

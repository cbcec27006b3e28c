"""`attendance-edge status`: what lies in the outbox and how the terminals are."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from attendance_edge.agent.terminal_mend import read_mend
from attendance_edge.cli.days_table import days_data, days_table
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.poll_table import offset_text
from attendance_edge.cli.printer import Printer
from attendance_edge.config import Config, load_config
from attendance_edge.finding import Finding, Part, bad
from attendance_edge.outbox import OutboxSummary, RejectedPunch, peek
from attendance_edge.outbox.peek import Glimpse
from attendance_edge.state_findings import KEPT_MEANWHILE, clock_finding, state_findings
from attendance_edge.status import status_of

DAYS_AS_DATA = 7
_NOTHING = OutboxSummary(
    queued=0,
    known=0,
    rejected=0,
    quarantined=0,
    oldest_read_at=None,
    damaged_files=(),
    kept_raw_logs=0,
    is_disk_full=False,
)


def status(
    days: Annotated[
        int, typer.Option(min=0, help="Show so many days of each terminal, punch by punch counted.")
    ] = 0,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Outbox depth, and last read, clock offset and watermark of each terminal."""
    printer = Printer(as_json=json)
    with printer.errors_told():
        settings = load_config(config)
        glimpse = peek(settings.state_dir)
        summary, states = (glimpse.summary, glimpse.devices) if glimpse else (_NOTHING, {})
        found = status_of(settings, summary, states)
    found["rejected"] = [_rejected(one) for one in (glimpse.rejected if glimpse else ())]
    found["days"] = list(days_data(glimpse.days if glimpse else (), days or DAYS_AS_DATA))
    findings = list(_findings(settings, glimpse)) if glimpse else []
    found["findings"] = [asdict(one) for one in findings]
    shown = (str(one) for one in findings)
    tables = [_table(found), *([days_table(found["days"])] if days else [])]
    printer.result(found, *_lines(found), *tables, *shown, *_refusals(found))


def _findings(config: Config, glimpse: Glimpse) -> Iterator[Finding]:
    """What is wrong, in the words of `doctor`."""
    yield from state_findings(config, glimpse)
    for device in config.devices:
        state = glimpse.devices.get(device.id)
        if state is not None and state.error is not None:
            mend = f"{read_mend(glimpse.notes, device.id)} {KEPT_MEANWHILE}".strip()
            yield bad(Part.TERMINAL, f"terminal {device.id}", state.error, mend)
        elif state is not None:
            yield from clock_finding(device, state.clock_offset_seconds)


def _rejected(one: RejectedPunch) -> dict[str, Any]:
    row = {name: value for name, value in asdict(one.row).items() if value is not None}
    return {
        "device_id": one.device_id,
        **row,
        "reason": one.reason,
        "rejected_at": one.rejected_at,
    }


def _lines(found: dict[str, Any]) -> Iterator[str]:
    box = found["outbox"]
    yield f"service:   {found['cloud']}"
    yield f"agent:     {found['agent_id'] or 'not enrolled'}"
    since = f", the oldest read at {box['oldest_read_at']}" if box["queued"] else ""
    yield f"outbox:    {box['queued']} waiting{since}; {box['known']} taken in all"
    yield f"set aside: {box['rejected']} refused, {box['quarantined']} unreadable records"


def _table(found: dict[str, Any]) -> Table:
    table = Table("Terminal", "Last read", "Records", "Waiting", "Clock", "Watermark", "State")
    for one in found["devices"]:
        table.add_row(
            one["device_id"],
            one["read_at"] or "never",
            "-" if one["records_on_device"] is None else str(one["records_on_device"]),
            str(one["queued"]),
            offset_text(one["clock_offset_seconds"]),
            one["watermark"] or "-",
            _state(one),
        )
    return table


def _refusals(found: dict[str, Any]) -> Iterator[str]:
    for one in found["rejected"]:
        punch = f"{one['device_id']} user {one['user_id']} at {one['timestamp']}"
        yield f"refused: {punch}: {one['reason']}"


def _state(device: dict[str, Any]) -> str:
    if device["may_be_disabled"]:
        return "MAY BE DISABLED: look at it"
    if device["ok"]:
        return "; ".join(("ok", *device["remarks"]))
    return str(device["error"] or "not read yet")

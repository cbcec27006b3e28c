"""What `attendance-edge poll` shows."""

from typing import Any

from rich.table import Table

_COLUMNS = ("Terminal", "Result", "On terminal", "New", "Clock", "Took")


def poll_table(data: dict[str, Any]) -> Table:
    """One row a terminal."""
    table = Table(*_COLUMNS)
    for one in data["terminals"]:
        table.add_row(
            one["device_id"],
            _outcome(one),
            _or_dash(one["records_on_device"]),
            str(one["new"]),
            offset_text(one["clock_offset_seconds"]),
            f"{one['seconds']:.1f} s",
        )
    return table


def poll_summary(data: dict[str, Any]) -> str:
    """What became of the punches."""
    uplink = data["uplink"]
    handed = f"{uplink['accepted']} handed over, {uplink['duplicates']} known to the service before"
    refused = f", {uplink['rejected']} refused" if uplink["rejected"] else ""
    waiting = f", {uplink['queued']} waiting" if uplink["queued"] else ""
    mend = f"{uplink['mend']} " if uplink["mend"] else ""
    trouble = f"\n{uplink['error']}\n{mend}Nothing is lost." if uplink["error"] else ""
    return f"{handed}{refused}{waiting}{trouble}"


def offset_text(seconds: float | None) -> str:
    """A clock's error, in seconds with its sign."""
    return "-" if seconds is None else f"{seconds:+.0f} s"


def _outcome(terminal: dict[str, Any]) -> str:
    words = {"unchanged": "nothing new", "tail": "new records read", "full": "whole log read"}
    text = words[terminal["method"]] if terminal["ok"] else str(terminal["error"])
    return "\n".join([text, *terminal["remarks"]])


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)

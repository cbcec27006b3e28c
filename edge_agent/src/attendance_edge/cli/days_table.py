"""The days of each terminal, counted: what it holds, and what became of that."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich.table import Table

from attendance_edge.outbox import DayCount


def days_data(days: Iterable[DayCount], newest: int) -> Iterator[dict[str, Any]]:
    """The newest few of each terminal, and any other on which something is missing."""
    shown: Counter[str] = Counter()
    for day in days:
        shown[day.device_id] += 1
        if shown[day.device_id] <= newest or day.missing:
            yield {**asdict(day), "missing": day.missing}


def days_table(days: list[dict[str, Any]]) -> Table:
    """One row a terminal and day."""
    table = Table("Terminal", "Day", "On terminal", "Waiting", "Acknowledged", "Refused", "Missing")
    for one in days:
        on_device = "-" if one["on_device"] is None else str(one["on_device"])
        table.add_row(
            one["device_id"],
            one["day"],
            on_device,
            *(str(one[name]) for name in ("waiting", "acknowledged", "refused", "missing")),
        )
    return table

"""What one conversation with a terminal brought home."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from attendance_edge.terminal.address import Transport
from attendance_edge.terminal.known_log import KnownLog
from attendance_edge.terminal.punches import Quarantined, TerminalPunch

Method = Literal["unchanged", "tail", "full"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading of one terminal.

    `read_at` is the aware UTC instant at which the terminal fixed the log that was read: every
    punch it stored before that is in here or was before. `clock_offset_seconds` is the
    terminal's clock minus this machine's (in the zone given), `terminal_time` its naive wall
    time; both None for a clock that shows no date there is. `punches` holds the new records
    after method "tail" and all of them after "full". `log_capacity` is None when the terminal
    does not tell. `remarks` are sentences for the operator, such as a count that contradicts
    the log.
    """

    serial_number: str
    model: str
    firmware: str
    transport: Transport
    read_at: datetime
    terminal_time: datetime | None
    clock_offset_seconds: float | None
    records_on_device: int
    log_capacity: int | None
    method: Method
    punches: tuple[TerminalPunch, ...]
    quarantined: tuple[Quarantined, ...]
    known: KnownLog
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who answers at an address."""

    serial_number: str
    model: str
    firmware: str
    transport: Transport


@dataclass(frozen=True, kw_only=True)
class ClockChange:
    """A terminal's clock minus this machine's, in seconds, before and after it was set.

    None before: the clock showed no date there is.
    """

    before_seconds: float | None
    after_seconds: float

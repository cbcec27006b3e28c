"""How many emulated terminals to start, where, and what they hold."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from attendance_edge.simulator.device import DeviceOptions
from attendance_edge.simulator.push_client import check_push_url
from attendance_edge.simulator.records import LayoutName

DEFAULT_CONTROL_PORT = 4369
LAST_PORT = 65_535


@dataclass(frozen=True, kw_only=True)
class FleetOptions:
    """Everything listens on `host`, which should stay loopback.

    Terminal n listens on `first_port` + n - 1 (TCP and UDP), or on any free port if that is 0;
    `control_port` 0 takes a free one too. `records` are generated for a terminal that
    `state_file` does not know; with a state file logs outlive a restart. With `push` they call
    by themselves too: all one address, or each its own.
    """

    terminals: int = 2
    records: int = 0
    users: int = 5
    host: str = "127.0.0.1"
    first_port: int = 4370
    control_port: int = DEFAULT_CONTROL_PORT
    layout: LayoutName = "40"
    user_size: Literal[28, 72] = 72
    capacity: int = 100_000
    comm_key: int = 0
    timezone: str = ""
    serial_prefix: str = "EMU"
    state_file: Path | None = None
    push: tuple[str, ...] = ()
    push_seconds: float = 10.0

    def __post_init__(self) -> None:
        if not 1 <= self.terminals <= 1000:
            raise ValueError("terminals must be from 1 to 1000")
        if not 0 <= self.records <= self.capacity:
            raise ValueError("records must be from 0 to the capacity")
        if self.first_port + self.terminals - 1 > LAST_PORT:
            raise ValueError(
                f"{self.terminals} terminals from port {self.first_port} on go beyond {LAST_PORT}"
            )
        if self.users < 1:
            raise ValueError("users must be at least 1")
        if self.timezone and self.timezone not in available_timezones():
            raise ValueError(f"timezone must be an IANA name, not {self.timezone!r}")
        self._check_push()

    def _check_push(self) -> None:
        if len(self.push) not in (0, 1, self.terminals):
            raise ValueError("push must be one address, or one for each terminal")
        if not 0.05 <= self.push_seconds <= 3600:
            raise ValueError("push_seconds must be from 0.05 to 3600")
        for url in self.push:
            check_push_url(url)

    def device(self, number: int) -> DeviceOptions:
        """The options of terminal `number`, counted from 1."""
        return DeviceOptions(
            serial_number=f"{self.serial_prefix}{number:07}",
            mac=f"00:17:61:00:{number >> 8:02x}:{number & 0xFF:02x}",
            layout=self.layout,
            user_size=self.user_size,
            capacity=self.capacity,
            comm_key=self.comm_key,
            timezone=self.timezone,
        )

    def push_url(self, number: int) -> str | None:
        """Where terminal `number` calls, if it does."""
        return self.push[(number - 1) % len(self.push)] if self.push else None

    def port(self, number: int) -> int:
        """The port asked for terminal `number`; 0 means any."""
        return self.first_port + number - 1 if self.first_port else 0


@dataclass(frozen=True, kw_only=True)
class TerminalPlace:
    """Where one emulated terminal listens."""

    id: str
    host: str
    port: int
    serial_number: str


@dataclass(frozen=True, kw_only=True)
class FleetAddresses:
    """What `run_fleet` tells once everything listens."""

    control_url: str
    terminals: tuple[TerminalPlace, ...]

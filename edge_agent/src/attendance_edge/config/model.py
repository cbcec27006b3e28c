"""The configuration once it is known to be right."""

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from attendance_edge.terminal import TerminalAddress


@dataclass(frozen=True, kw_only=True)
class DeviceConfig:
    """One terminal. `timezone` is the IANA zone its clock is set to.

    `address` is None for one that cannot be read and calls by itself.

    `serial_number` is empty until somebody pins it here; the agent pins what it meets first.
    """

    id: str
    name: str
    address: TerminalAddress | None
    timezone: str
    serial_number: str = ""
    live: bool = False
    disable_during_read: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the terminal's wall time."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, kw_only=True)
class ApiConfig:
    """Where something listens; `token` is asked as a bearer token when it is not empty."""

    host: str
    port: int
    tls_cert: Path | None = None
    tls_key: Path | None = None
    token: str = field(default="", repr=False)

    @property
    def scheme(self) -> str:
        """https as soon as there is a certificate."""
        return "https" if self.tls_cert else "http"


@dataclass(frozen=True, kw_only=True)
class Config:
    """A whole `edge.toml`. Relative paths were taken from the folder of the file."""

    path: Path
    cloud_url: str
    state_dir: Path
    poll_seconds: float
    deadline_seconds: float
    api: ApiConfig | None
    push: ApiConfig | None = None
    devices: tuple[DeviceConfig, ...]

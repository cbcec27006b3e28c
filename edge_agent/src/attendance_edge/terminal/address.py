"""Where a terminal is and how to knock."""

import ipaddress
import re
from dataclasses import dataclass, replace
from typing import Literal

from attendance_edge.terminal.errors import TerminalAddressError

Transport = Literal["tcp", "udp"]
TransportChoice = Literal["tcp", "udp", "auto"]

DEFAULT_PORT = 4370
LARGEST_COMM_KEY = 999_999
_HOST_NAME = re.compile(r"(?=.{1,253}\Z)(?!-)[A-Za-z0-9_-]{1,63}(\.(?!-)[A-Za-z0-9_-]{1,63})*\.?\Z")


@dataclass(frozen=True, kw_only=True)
class TerminalAddress:
    """One terminal's place on the network.

    `host` is an IP address or a host name, `comm_key` 0 (none) to 999999. With transport
    "auto" TCP is tried first and UDP asked once; `Reading.transport` says which one worked.
    Raises TerminalAddressError for anything that cannot be an address.
    """

    host: str
    port: int = DEFAULT_PORT
    transport: TransportChoice = "auto"
    comm_key: int = 0

    def __post_init__(self) -> None:
        if not is_host(self.host):
            raise TerminalAddressError(
                f"{self.host!r} is neither an IP address nor a host name of letters, digits, "
                "dots and hyphens."
            )
        if not 1 <= self.port <= 65535:
            raise TerminalAddressError(f"Port {self.port} is not between 1 and 65535.")
        if self.transport not in ("tcp", "udp", "auto"):
            raise TerminalAddressError(f"Transport {self.transport!r} is not tcp, udp or auto.")
        if not 0 <= self.comm_key <= LARGEST_COMM_KEY:
            raise TerminalAddressError(
                f"The comm key for {self.host} is not a number from 0 to {LARGEST_COMM_KEY}."
            )

    def over(self, transport: Transport) -> "TerminalAddress":
        """The same terminal with the transport settled."""
        return replace(self, transport=transport)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_host(text: str) -> bool:
    """Whether `text` is an IP address or has the form of a host name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return _HOST_NAME.match(text) is not None and not text.replace(".", "").isdigit()
    return "%" not in text

"""What a person may choose for a local stack, by environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from local.errors import LaunchError

REGION = "us-east-1"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Ports are loopback ports; `demo` says whether to make the demo company.

    `enforce_iam` lets the functions do only what their roles allow; any other AWS client then
    needs the access key `test`.
    """

    port: int
    edge_port: int
    engine_port: int
    demo: bool
    enforce_iam: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Choices":
        """`PORT`, `EDGE_PORT`, `ENGINE_PORT`, `DEMO`, `ENFORCE_IAM`.

        Raises LaunchError that names a wrong one.
        """
        chosen = cls(
            port=_port(environment, "PORT", 3002),
            edge_port=_port(environment, "EDGE_PORT", 5000),
            engine_port=_port(environment, "ENGINE_PORT", 4566),
            demo=_switch(environment, "DEMO", "1"),
            enforce_iam=_switch(environment, "ENFORCE_IAM", "0"),
        )
        chosen._require_different_ports()
        return chosen

    def _require_different_ports(self) -> None:
        wanted = {"PORT": self.port, "ENGINE_PORT": self.engine_port}
        if self.demo:
            wanted["EDGE_PORT"] = self.edge_port
        if len(set(wanted.values())) < len(wanted):
            told = ", ".join(f"{name}={port}" for name, port in wanted.items())
            raise LaunchError(f"{told}: give each a port of its own")

    @property
    def base_url(self) -> str:
        """The API and the web page."""
        return f"http://localhost:{self.port}"

    @property
    def edge_url(self) -> str:
        """The edge agent's local API."""
        return f"http://127.0.0.1:{self.edge_port}"

    @property
    def engine_url(self) -> str:
        """The engine: every AWS service of the stack."""
        return f"http://127.0.0.1:{self.engine_port}"


def _switch(environment: Mapping[str, str], name: str, default: str) -> bool:
    text = environment.get(name, "").strip().lower() or default
    if text not in ("0", "1"):
        raise LaunchError(f"{name}={text} is neither 0 nor 1")
    return text == "1"


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "").strip() or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise LaunchError(f"{name}={text} is not a port: give a number from 1 to 65535")
    return int(text)

"""`attendance-edge discover`: terminals on a network."""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import typer
from rich.table import Table

from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.cli.progress import progress
from attendance_edge.terminal import (
    TerminalAddress,
    TerminalError,
    TerminalUnreachableError,
    Transport,
    identify,
)
from attendance_edge.terminal.address import DEFAULT_PORT, LARGEST_COMM_KEY

MOST_ADDRESSES = 4096
AT_ONCE = 32
KNOCK_SECONDS = 0.7
TALK_SECONDS = 8.0
DATAGRAM_SECONDS = 2.0
"""Most addresses of a network have nobody; a terminal answers a datagram in milliseconds."""


def discover(
    cidr: Annotated[str, typer.Option(help="The network, such as 192.168.1.0/24.")] = "",
    port: Annotated[
        int, typer.Option(min=1, max=65_535, help="Where terminals listen.")
    ] = DEFAULT_PORT,
    comm_key: Annotated[int, typer.Option(min=0, max=LARGEST_COMM_KEY, help="0 for none.")] = 0,
    config: ConfigOption = DEFAULT_CONFIG,  # noqa: ARG001 - every command takes it
    json: JsonOption = False,
) -> None:
    """Ask every address of a network once, over TCP, then UDP, whether a terminal answers there."""
    hosts = [str(host) for host in _network(cidr).hosts()]
    printer = Printer(as_json=json)
    found = []
    with (
        ThreadPoolExecutor(AT_ONCE, "discover") as pool,
        progress(printer, "asking addresses", len(hosts)) as advance,
    ):
        for answer in pool.map(lambda host: _ask(host, port, comm_key), hosts):
            advance(1)
            if answer is not None:
                found.append(answer)
    printer.result(
        {"ok": True, "asked": len(hosts), "found": found},
        _table(found),
        f"{len(found)} of {len(hosts)} addresses answered",
    )


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table("Address", "Over", "Serial number", "Model", "Firmware", "Remark")
    for one in found:
        shown = ("address", "transport", "serial_number", "model", "firmware")
        table.add_row(*(one[name] for name in shown), one["error"] or "")
    return table


def _network(cidr: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        network = ipaddress.ip_network(cidr or f"{_own_address()}/24", strict=False)
    except (ValueError, OSError) as error:
        raise typer.BadParameter(
            f"--cidr: expected a network such as 192.168.1.0/24: {error}"
        ) from error
    if network.num_addresses > MOST_ADDRESSES:
        raise typer.BadParameter(f"--cidr: {network} has more than {MOST_ADDRESSES} addresses")
    return network


def _own_address() -> str:
    """The address this machine would send from; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=KNOCK_SECONDS).close()
    except OSError:
        return False
    return True


def _ask(host: str, port: int, comm_key: int) -> dict[str, Any] | None:
    transport: Transport = "tcp" if _listens(host, port) else "udp"
    address = TerminalAddress(host=host, port=port, transport=transport, comm_key=comm_key)
    answer = {"address": str(address), "transport": transport}
    answer |= dict.fromkeys(("serial_number", "model", "firmware"), "")
    seconds = TALK_SECONDS if transport == "tcp" else DATAGRAM_SECONDS
    try:
        identity = identify(address, deadline_seconds=seconds)
    except TerminalUnreachableError:
        return None
    except TerminalError as error:
        return {**answer, "error": str(error)}
    return {
        **answer,
        "serial_number": identity.serial_number,
        "model": identity.model,
        "firmware": identity.firmware,
        "error": None,
    }

"""`attendance-edge discover`: terminals on a network."""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import typer
from rich.progress import track
from rich.table import Table

from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.terminal import TerminalAddress, TerminalError, identify
from attendance_edge.terminal.address import DEFAULT_PORT, LARGEST_COMM_KEY

MOST_ADDRESSES = 4096
AT_ONCE = 32
KNOCK_SECONDS = 0.7
TALK_SECONDS = 8.0


def discover(
    cidr: Annotated[str, typer.Option(help="The network, such as 192.168.1.0/24.")] = "",
    port: Annotated[
        int, typer.Option(min=1, max=65_535, help="Where terminals listen.")
    ] = DEFAULT_PORT,
    comm_key: Annotated[int, typer.Option(min=0, max=LARGEST_COMM_KEY, help="0 for none.")] = 0,
    config: ConfigOption = DEFAULT_CONFIG,  # noqa: ARG001 - every command takes it
    json: JsonOption = False,
) -> None:
    """Ask every address of a network once, over TCP, whether a terminal answers there."""
    hosts = [str(host) for host in _network(cidr).hosts()]
    printer = Printer(as_json=json)
    with ThreadPoolExecutor(AT_ONCE, "discover") as pool:
        answers = pool.map(lambda host: _ask(host, port, comm_key), hosts)
        is_hidden = json or not printer.err.is_terminal
        asked = track(
            answers, "Asking", len(hosts), console=printer.err, transient=True, disable=is_hidden
        )
        found = [answer for answer in asked if answer is not None]
    printer.result(
        {"ok": True, "asked": len(hosts), "found": found},
        _table(found),
        f"{len(found)} of {len(hosts)} addresses answered",
    )


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table("Address", "Serial number", "Model", "Firmware", "Remark")
    for one in found:
        table.add_row(
            *(one[name] for name in ("address", "serial_number", "model", "firmware")),
            one["error"] or "",
        )
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


def _ask(host: str, port: int, comm_key: int) -> dict[str, Any] | None:
    try:
        socket.create_connection((host, port), timeout=KNOCK_SECONDS).close()
    except OSError:
        return None
    address = TerminalAddress(host=host, port=port, transport="tcp", comm_key=comm_key)
    answer = {"address": str(address), "serial_number": "", "model": "", "firmware": ""}
    try:
        identity = identify(address, deadline_seconds=TALK_SECONDS)
    except TerminalError as error:
        return {**answer, "error": str(error)}
    return {
        **answer,
        "serial_number": identity.serial_number,
        "model": identity.model,
        "firmware": identity.firmware,
        "error": None,
    }

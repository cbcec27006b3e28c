"""`attendance-edge simulate`."""

import json as json_format
from pathlib import Path
from typing import Annotated, Literal

import typer

from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.simulator import FleetAddresses, FleetOptions, run_fleet

Layout = Literal["8", "8-old", "16", "40", "49"]


def simulate(  # noqa: PLR0913, PLR0917 - one argument a flag
    terminals: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 2,
    records: Annotated[int, typer.Option(min=0, help="Records in each log.")] = 0,
    users: Annotated[int, typer.Option(min=1, help="People known to each.")] = 5,
    host: Annotated[str, typer.Option(help="Where they listen.")] = "127.0.0.1",
    first_port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port of the first, TCP and UDP; 0: any free.")
    ] = 4370,
    control_port: Annotated[
        int, typer.Option(min=0, max=65_535, help="HTTP endpoint that steers them; 0: any free.")
    ] = 4369,
    layout: Annotated[Layout, typer.Option(help="Layout of the records.")] = "40",
    capacity: Annotated[int, typer.Option(min=1, help="Records a log can hold.")] = 100_000,
    comm_key: Annotated[int, typer.Option(min=0, max=999_999, help="0: none.")] = 0,
    timezone: Annotated[
        str, typer.Option(help="Zone of their clocks; this machine's if empty.")
    ] = "",
    push: Annotated[
        list[str] | None,
        typer.Option(
            help="They call this address by themselves too (ADMS); repeat for one a terminal."
        ),
    ] = None,
    push_seconds: Annotated[float, typer.Option(help="Longest pause between two calls.")] = 10.0,
    state_file: Annotated[Path | None, typer.Option(help="Keeps the logs over a restart.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,  # noqa: ARG001 - every command takes it
    json: JsonOption = False,
) -> None:
    """Serve emulated terminals for a try-out: real sockets, real protocol, TCP and UDP."""
    try:
        options = FleetOptions(
            terminals=terminals,
            records=records,
            users=users,
            host=host,
            first_port=first_port,
            control_port=control_port,
            layout=layout,
            capacity=capacity,
            comm_key=comm_key,
            timezone=timezone,
            state_file=state_file,
            push=tuple(push or ()),
            push_seconds=push_seconds,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with Printer(as_json=json).errors_told():
        run_fleet(options, lambda places: _tell(places, as_json=json))


def _tell(places: FleetAddresses, *, as_json: bool) -> None:
    if as_json:
        terminals = [place.__dict__ for place in places.terminals]
        print(
            json_format.dumps({"control_url": places.control_url, "terminals": terminals}),
            flush=True,
        )
        return
    for place in places.terminals:
        print(f"terminal {place.id}: {place.host}:{place.port}, serial {place.serial_number}")
    print(f"steer them at {places.control_url}/terminals; Ctrl-C ends them", flush=True)

"""`attendance-edge init`: a first `edge.toml`."""

import json as json_format
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.config import ConfigError, load_config

_HEAD = """\
# The edge agent's configuration. docs/edge-agent.md explains every line.

[cloud]
url = {url}

[agent]
state_dir = "state"            # outbox and key live here; only for the agent's own eyes
poll_seconds = 30
deadline_seconds = 120         # for one terminal's whole conversation

[api]
listen = "127.0.0.1:5000"      # an address that others can reach needs tls_cert, tls_key and token

[push]
listen = ""                    # such as "0.0.0.0:8081": terminals that call by themselves (ADMS)
"""
_DEVICE = """
[[device]]
id = {id}
name = {name}
address = {host}
port = {port}
transport = "auto"             # tcp, udp, or auto: asked once, remembered
comm_key = {comm_key}
timezone = {zone}
serial_number = ""             # pinned at first contact when empty
live = false                   # true listens between readings too: punches are read at once
disable_during_read = false    # true locks people out for the second a background poll takes
"""


def init(
    url: Annotated[str, typer.Option(help="The attendance service.")] = "",
    device: Annotated[
        list[str] | None, typer.Option(help="A terminal, as id=host or id=host:port; repeat it.")
    ] = None,
    timezone: Annotated[str, typer.Option(help="The zone of the terminals' clocks.")] = "",
    comm_key: Annotated[int, typer.Option(help="The terminals' comm key, 0 for none.")] = 0,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Write a commented edge.toml; asks on a terminal for what no flag tells."""
    printer = Printer(as_json=json)
    with printer.errors_told():
        if config.exists():
            raise typer.BadParameter(f"{config} exists already; it is left as it is")
    url = url or _ask("The service's address, such as https://attendance.example", "--url")
    devices = device or [_ask("A terminal, as id=host", "--device")]
    timezone = timezone or _ask("The zone of its clock, such as America/Mexico_City", "--timezone")
    text = _HEAD.format(url=_quoted(url))
    for one in devices:
        text += _device(one, timezone, comm_key)
    with printer.errors_told():
        _write_checked(config, text)
    printer.result(
        {"ok": True, "config": str(config), "devices": len(devices)},
        f"Wrote {config}. Next: attendance-edge enroll --code CODE",
    )


def _ask(question: str, flag: str) -> str:
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"{flag} is missing")
    return str(typer.prompt(question))


def _device(text: str, zone: str, comm_key: int) -> str:
    name, equals, place = text.partition("=")
    if not equals or not place:
        raise typer.BadParameter(f"--device: expected id=host or id=host:port, got {text!r}")
    host, colon, port = place.rpartition(":")
    if not colon or not port.isdigit():
        host, port = place, "4370"
    return _DEVICE.format(
        id=_quoted(name),
        name=_quoted(name),
        host=_quoted(host.strip("[]")),
        port=port,
        comm_key=comm_key,
        zone=_quoted(zone),
    )


def _quoted(text: str) -> str:
    return json_format.dumps(text, ensure_ascii=False)


def _write_checked(path: Path, text: str) -> None:
    """The file appears whole and right, or not at all."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise typer.BadParameter(f"--config: there is no folder {folder}")
    handle, name = tempfile.mkstemp(prefix=path.name, dir=folder)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        load_config(unfinished)
        unfinished.replace(path)
    except ConfigError as error:
        raise ConfigError(path, error.mistakes) from error
    finally:
        unfinished.unlink(missing_ok=True)

"""`attendance-edge install-service`: the agent as a service of the operating system."""

import getpass
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.config import load_config

UNIT_NAME = "attendance-edge.service"
UNIT_FOLDER = Path("/etc/systemd/system")
TASK_NAME = "attendance-edge"
_UNIT = """\
[Unit]
Description=Attendance edge agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart={command}
User={user}
Restart=always
RestartSec=5
TimeoutStopSec=90
UMask=0077
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full

[Install]
WantedBy=multi-user.target
"""


def install_service(
    user: Annotated[str, typer.Option(help="Who runs it; yourself if left out.")] = "",
    folder: Annotated[Path, typer.Option(help="Where systemd units live.")] = UNIT_FOLDER,
    show: Annotated[bool, typer.Option("--show", help="Print only what would be done.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Write a systemd unit, or make a Windows task that starts with the machine."""
    printer = Printer(as_json=json)
    arguments = [sys.executable, "-m", "attendance_edge", "run", "--config", str(config.absolute())]
    with printer.errors_told():
        load_config(config)
        if os.name == "nt":
            _install_task(printer, arguments, show=show)
        else:
            _install_unit(printer, arguments, user or getpass.getuser(), folder, show=show)


def _install_unit(
    printer: Printer, arguments: list[str], user: str, folder: Path, *, show: bool
) -> None:
    unit = _UNIT.format(command=" ".join(map(_quoted, arguments)), user=user)
    path = folder / UNIT_NAME
    if not show:
        try:
            path.write_text(unit, encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{path} cannot be written: {error.strerror}") from error
    printer.result(
        {"ok": True, "path": str(path), "written": not show, "unit": unit},
        unit if show else f"Wrote {path}. Next:",
        "systemctl daemon-reload && systemctl enable --now attendance-edge",
    )


def _quoted(text: str) -> str:
    """systemd's own quoting: % is a specifier, $ a variable."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _install_task(printer: Printer, arguments: list[str], *, show: bool) -> None:
    command = [
        "schtasks", "/Create", "/F", "/RU", "SYSTEM", "/SC", "ONSTART",
        "/TN", TASK_NAME, "/TR", subprocess.list2cmdline(arguments),
    ]  # fmt: skip
    if not show:
        subprocess.run(command, check=True)  # noqa: S603 - fixed words and our own paths
    printer.result(
        {"ok": True, "command": command, "done": not show}, subprocess.list2cmdline(command)
    )

"""`attendance-edge install-service`: the agent as a service of the operating system."""

import getpass
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from attendance_edge.cli import windows_task
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.cli.systemd_unit import UNIT_NAME, unit_text
from attendance_edge.config import load_config

UNIT_FOLDER = Path("/etc/systemd/system")


def install_service(
    user: Annotated[str, typer.Option(help="Who runs it; yourself if left out.")] = "",
    folder: Annotated[Path, typer.Option(help="Where systemd units live.")] = UNIT_FOLDER,
    show: Annotated[bool, typer.Option("--show", help="Print only what would be done.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Write a systemd unit, or make a Windows task that starts with the machine."""
    printer = Printer(as_json=json)
    file = config.absolute()
    arguments = [sys.executable, "-m", "attendance_edge", "run", "--config", str(file)]
    with printer.errors_told():
        load_config(config)
        if sys.platform == "win32":
            _install_task(printer, arguments, file.parent, show=show)
        else:
            _install_unit(printer, arguments, user or _yourself(), folder, show=show)


def _yourself() -> str:
    """Who typed the command, also when it was typed behind `sudo`."""
    return os.environ.get("SUDO_USER") or getpass.getuser()


def _install_unit(
    printer: Printer, arguments: list[str], user: str, folder: Path, *, show: bool
) -> None:
    unit = unit_text(arguments, user)
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


def _install_task(printer: Printer, arguments: list[str], folder: Path, *, show: bool) -> None:
    path = folder / windows_task.FILE_NAME
    task = windows_task.task_text(arguments, folder)
    command = windows_task.creation(path)
    refusal = "" if show else windows_task.create_task(path, task)
    if refusal:
        raise typer.BadParameter(f"Windows refuses the task, ask as administrator: {refusal}")
    printer.result(
        {"ok": True, "path": str(path), "task": task, "command": command, "done": not show},
        task if show else f"Made the task {windows_task.TASK_NAME}. Next:",
        subprocess.list2cmdline(command) if show else "schtasks /Run /TN attendance-edge",
    )

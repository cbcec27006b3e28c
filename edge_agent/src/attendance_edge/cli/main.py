"""The commands, gathered."""

import json
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException

from attendance_edge.cli.discover import discover
from attendance_edge.cli.doctor import doctor
from attendance_edge.cli.enroll import enroll_agent
from attendance_edge.cli.exit_code import ExitCode
from attendance_edge.cli.import_file import import_file
from attendance_edge.cli.init import init
from attendance_edge.cli.install_service import install_service
from attendance_edge.cli.poll import poll
from attendance_edge.cli.run import run
from attendance_edge.cli.set_clock import set_device_clock
from attendance_edge.cli.simulate import simulate
from attendance_edge.cli.status import status

app = typer.Typer(
    name="attendance-edge",
    help="Reads ZKTeco terminals and hands every punch to the attendance service, once.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        print(version("attendance-edge"))
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_tell_version, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Reads ZKTeco terminals and hands every punch to the attendance service, once."""


app.command("init")(init)
app.command("discover")(discover)
app.command("enroll")(enroll_agent)
app.command("run")(run)
app.command("poll")(poll)
app.command("status")(status)
app.command("doctor")(doctor)
app.command("simulate")(simulate)
app.command("set-clock")(set_device_clock)
app.command("import")(import_file)
app.command("install-service")(install_service)


def main(arguments: list[str] | None = None) -> None:
    """Run one command, the process's own if None, and exit with its code."""
    try:
        code = app(args=arguments, prog_name="attendance-edge", standalone_mode=False)
    except TyperException as error:
        _tell(error.format_message(), as_json="--json" in (arguments or sys.argv))
        code = ExitCode.CONFIGURATION
    sys.exit(code)


def _tell(mistake: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"ok": False, "error": mistake}, ensure_ascii=False))
        return
    print(mistake, file=sys.stderr)
    print("`attendance-edge --help` tells what can be asked.", file=sys.stderr)

"""`attendance-edge doctor`: what is wrong, and what to do about it."""

from dataclasses import asdict

import typer

from attendance_edge.checkup import examine
from attendance_edge.cli.exit_code import ExitCode
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.config import load_config
from attendance_edge.finding import Finding, Part, Verdict

_EXITS = (
    (Part.MACHINE, ExitCode.CONFIGURATION),
    (Part.CLOUD, ExitCode.CLOUD_UNREACHABLE),
    (Part.TERMINAL, ExitCode.FAILED),
)


def doctor(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False) -> None:
    """Check everything in order and say in plain words what to mend.

    Exits 0, or 3, 2 or 1 when this machine, the service or a terminal is at fault.
    """
    printer = Printer(as_json=json)
    with printer.errors_told():
        settings = load_config(config)
    if not json:
        printer.out.print(f"ok    configuration: {config}", markup=False)
    findings: list[Finding] = []
    for finding in examine(settings):
        findings.append(finding)
        if not json:
            printer.out.print(str(finding), markup=False)
    code = _exit(findings)
    if json:
        found = [asdict(one) for one in findings]
        printer.result({"ok": code is ExitCode.DONE, "findings": found})
    raise typer.Exit(code)


def _exit(findings: list[Finding]) -> ExitCode:
    bad = {one.part for one in findings if one.verdict is Verdict.BAD}
    return next((code for part, code in _EXITS if part in bad), ExitCode.DONE)

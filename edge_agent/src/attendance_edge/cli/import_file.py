"""`attendance-edge import FILE`: punches from a USB export or CSV."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from attendance_edge.cli.devices import device_named
from attendance_edge.cli.exit_code import ExitCode
from attendance_edge.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption
from attendance_edge.cli.printer import Printer
from attendance_edge.cli.progress import progress
from attendance_edge.config import load_config
from attendance_edge.instants import utc_now
from attendance_edge.outbox import Outbox, PunchRow, StoredReading
from attendance_edge.punch_files import PunchFileError, Unreadable, read_punches

_SHOWN = 20
PUNCHES_A_PART = 2_000


def import_file(
    file: Annotated[Path, typer.Argument(help="attlog.dat, or CSV with a header line.")],
    device: Annotated[str, typer.Option(help="The terminal's id, unless there is one only.")] = "",
    columns: Annotated[
        str,
        typer.Option(help="Columns of an export in another order."),
    ] = "",
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Queue the punches of a file; those that were taken before are not taken again.

    They go up with the next poll. Exits 3 when a line could not be understood; the others are
    queued nevertheless.
    """
    printer = Printer(as_json=json)
    with printer.errors_told():
        settings = load_config(config)
        if not device and len(settings.devices) > 1:
            raise typer.BadParameter("--device is missing: whose punches are these?")
        found = device_named(settings, device or settings.devices[0].id)
        punches, unreadable = _read(file, columns)
        with Outbox(settings.state_dir) as outbox:
            added = _store(outbox, found.id, punches, printer)
    data = {
        "ok": not unreadable,
        "device_id": found.id,
        "read": len(punches),
        "new": added,
        "unreadable": [asdict(one) for one in unreadable],
    }
    known = len(punches) - added
    printer.result(
        data,
        f"{found.id}: {len(punches)} punches read, {added} new, {known} known before",
        *(f"line {one.line}: {one.reason}" for one in unreadable[:_SHOWN]),
    )
    raise typer.Exit(ExitCode.CONFIGURATION if unreadable else ExitCode.DONE)


def _store(outbox: Outbox, device_id: str, punches: Sequence[PunchRow], printer: Printer) -> int:
    """Part by part; gives how many were new."""
    read_at, added = utc_now(), 0
    with progress(printer, "storing punches", len(punches)) as advance:
        for first in range(0, len(punches), PUNCHES_A_PART):
            part = punches[first : first + PUNCHES_A_PART]
            added += outbox.store(StoredReading(device_id=device_id, read_at=read_at, punches=part))
            advance(len(part))
    return added


def _read(file: Path, columns: str) -> tuple[tuple[PunchRow, ...], list[Unreadable]]:
    names = [name.strip() for name in columns.split(",")] if columns else []
    try:
        read = list(read_punches(file.read_bytes().decode("utf-8"), names))
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file}: expected text in UTF-8") from error
    except PunchFileError as error:
        raise typer.BadParameter(f"{file}: {error}") from error
    return (
        tuple(one for one in read if isinstance(one, PunchRow)),
        [one for one in read if isinstance(one, Unreadable)],
    )

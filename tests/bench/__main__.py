"""`python -m tests.bench`: measure, print the table, write build/bench.json and build/bench.svg."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import (
    calls,
    cold_start,
    connections,
    ingest,
    many_lists,
    memory,
    plot,
    preview,
    price,
    rules,
    shift_start,
    stack,
    terminals,
    transfer,
    upload,
    warm,
)
from tests.bench.figure import Figure

OUTPUT = Path("build") / "bench.json"
MODULES = (
    rules,
    preview,
    calls,
    cold_start,
    warm,
    connections,
    price,
    ingest,
    many_lists,
    shift_start,
    terminals,
    transfer,
    upload,
    memory,
    stack,
)


def main() -> int:
    """0 when everything was measured and every figure keeps its bound, 1 otherwise."""
    figures: list[Figure] = []
    broken: list[str] = []
    for module in MODULES:
        print(f"measuring {module.__name__.rpartition('.')[2]}", file=sys.stderr)
        try:
            figures += module.measure()
        except Exception as error:  # noqa: BLE001 - the others are still worth measuring
            broken.append(f"{module.__name__}: {error!r}")
    _show(figures)
    for line in broken:
        print(f"not measured: {line}", file=sys.stderr)
    return 0 if not broken and all(figure.kept for figure in figures) else 1


def _show(figures: Sequence[Figure]) -> None:
    table = Table("figure", "value", "unit", "bound", "peer", "kept")
    for f in figures:
        peer = "" if f.peer is None else f"{f.peer:.3g}"
        kept = "" if not f.bound else "yes" if f.kept else "NO"
        table.add_row(f.name, f"{f.value:.3g}", f.unit, f.bound, peer, kept)
    Console().print(table)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")
    OUTPUT.with_suffix(".svg").write_text(plot.draw(figures))


if __name__ == "__main__":
    sys.exit(main())

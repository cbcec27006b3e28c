"""`python -m tests.bench`: measure, print the table, write build/bench.json and build/bench.svg."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import (
    calls,
    cold_start,
    connections,
    ingest,
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

OUTPUT = Path("build") / "bench.json"


def main() -> int:
    """0 when every figure keeps its bound, 1 otherwise."""
    figures = [
        figure
        for module in (
            rules,
            preview,
            calls,
            cold_start,
            warm,
            connections,
            price,
            ingest,
            shift_start,
            terminals,
            transfer,
            upload,
            memory,
            stack,
        )
        for figure in module.measure()
    ]
    table = Table("figure", "value", "unit", "bound", "peer", "kept")
    for f in figures:
        peer = "" if f.peer is None else f"{f.peer:.3g}"
        kept = "" if not f.bound else "yes" if f.kept else "NO"
        table.add_row(f.name, f"{f.value:.3g}", f.unit, f.bound, peer, kept)
    Console().print(table)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")
    OUTPUT.with_suffix(".svg").write_text(plot.draw(figures))
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

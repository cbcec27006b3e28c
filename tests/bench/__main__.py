"""`python -m tests.bench`: measure, print the table, write build/bench.json."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import (
    calls,
    cold_start,
    ingest,
    memory,
    preview,
    rules,
    shift_start,
    stack,
    terminals,
    transfer,
    upload,
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
    table = Table("figure", "value", "unit", "bound", "kept")
    for f in figures:
        table.add_row(f.name, f"{f.value:.3g}", f.unit, f.bound, "yes" if f.kept else "NO")
    Console().print(table)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

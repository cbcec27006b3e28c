"""How far long work is: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.progress import Progress

from attendance_edge.cli.printer import Printer

LINE_SECONDS = 2.0


@contextmanager
def progress(printer: Printer, what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Gives what is to be told of each further part of `total`; told on standard error.

    Beside JSON nothing is told, elsewhere a line every few seconds and one at the end.
    """
    if printer.as_json:
        yield lambda _parts: None
    elif printer.err.is_terminal:
        with Progress(console=printer.err, transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda parts: bar.advance(task, parts)
    else:
        yield _Lines(printer, what, total).advance


class _Lines:
    def __init__(self, printer: Printer, what: str, total: int) -> None:
        self._printer = printer
        self._what = what
        self._total = total
        self._done = 0
        self._told_at = monotonic()

    def advance(self, parts: int) -> None:
        self._done += parts
        if self._done >= self._total or monotonic() - self._told_at >= LINE_SECONDS:
            self._told_at = monotonic()
            self._printer.err.print(f"{self._what}: {self._done} of {self._total}")

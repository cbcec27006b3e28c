"""Results on standard output: for people, or as JSON; errors in the same manner."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import typer
from rich.console import Console, RenderableType

from attendance_edge.cli.exit_code import exit_code_of
from attendance_edge.config import ConfigError
from attendance_edge.sentence import sentence_of

PLAIN_WIDTH = 200
"""Columns where nobody watches: a table in a log keeps one line a row."""


class Printer:
    """With `as_json`, standard output holds one JSON object and nothing else."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        width = None if sys.stdout.isatty() else PLAIN_WIDTH
        self.out = Console(highlight=False, markup=False, soft_wrap=True, width=width)
        self.err = Console(highlight=False, markup=False, soft_wrap=True, stderr=True)

    def result(self, data: dict[str, Any], *shown: RenderableType) -> None:
        """The result as data, or as what people are shown."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False))
            return
        for one in shown:
            self.out.print(one, markup=False)

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """A foreseen error is one sentence, or one a mistake, and its exit code."""
        try:
            yield
        except Exception as error:
            code = exit_code_of(error)
            if code is None:
                raise
            if self.as_json:
                print(json.dumps(_as_data(error), ensure_ascii=False))
            else:
                self.err.print(_told(error), markup=False)
            raise typer.Exit(code) from error


def _told(error: Exception) -> str:
    is_systems_own = isinstance(error, OSError) and error.filename is not None
    return sentence_of(error) if is_systems_own else str(error)


def _as_data(error: Exception) -> dict[str, Any]:
    data: dict[str, Any] = {"ok": False, "error": _told(error)}
    if isinstance(error, ConfigError):
        data["mistakes"] = [asdict(mistake) for mistake in error.mistakes]
    return data

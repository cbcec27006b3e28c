"""What a person sees while the launcher works."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Show `doing` while the block runs, and how long it took."""
    started = time.monotonic()
    if not console.is_terminal:
        console.print(f"... {doing}")
    with console.status(f"{doing} ..."):
        yield
    console.print(f"[green]ok[/green]  {doing} ({time.monotonic() - started:.1f} s)")


def say(text: str) -> None:
    """Plain text, never wrapped, so that it can be copied."""
    console.print(text, markup=False, soft_wrap=True)

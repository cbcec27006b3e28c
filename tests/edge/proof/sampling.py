"""What a process holds."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import psutil


def sample(process: psutil.Process, folder: Path) -> dict[str, int]:
    """What a process holds now, and how much lies in the state folder."""
    held = [process.num_threads(), process.num_fds(), process.memory_info().rss]
    size = 0
    for path in (folder / "state").glob("*"):
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    names = ("threads", "descriptors", "rss", "state_bytes")
    return dict(zip(names, (*held, size), strict=True))

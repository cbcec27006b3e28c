"""`stack.json`: what tools and tests need to know of a local stack (0600)."""

import json
import os
from pathlib import Path
from typing import Any


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Replace `path` in one go; only its owner can read it, at no moment anybody else."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.write("\n")
    beside.replace(path)


def read(path: Path) -> dict[str, Any]:
    """What `write_private` wrote; empty if there is none yet."""
    try:
        content: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return content

"""Which sources a deployment was made from, and which the running processes."""

import hashlib
import sys
from pathlib import Path

from local.folder import REPOSITORY

DEPLOYED = ("template.yaml", "samconfig.toml", "functions", "layers/wire", "layers/attendance")
STARTED = ("local", "edge_agent/src", "layers/wire", "requirements/dev.txt")


def _files(root: Path) -> list[Path]:
    if root.is_file():
        return [root]
    return sorted(
        path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def fingerprint(names: tuple[str, ...], repository: Path = REPOSITORY) -> str:
    """Twelve hex digits that change with any file under `names` or with Python's minor version."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in names:
        for path in _files(repository / name):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(repository)} {content}\n".encode())
    return digest.hexdigest()[:12]

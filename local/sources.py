"""Which sources a deployment was made from."""

import hashlib
import sys
from pathlib import Path

from local.folder import REPOSITORY

_DEPLOYED = ("template.yaml", "samconfig.toml", "functions", "layers/wire", "layers/attendance")


def _files(root: Path) -> list[Path]:
    if root.is_file():
        return [root]
    return sorted(
        path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def fingerprint(repository: Path = REPOSITORY) -> str:
    """Twelve hex digits that change with any deployed file or with Python's minor version."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in _DEPLOYED:
        for path in _files(repository / name):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(repository)} {content}\n".encode())
    return digest.hexdigest()[:12]

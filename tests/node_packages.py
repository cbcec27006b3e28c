"""Packages from npm that tests need, in `tests/postman/node_modules` as its lock file says."""

import fcntl
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent / "postman"
MODULES = FOLDER / "node_modules"
NEWMAN = MODULES / "newman" / "bin" / "newman.js"
ASYNCAPI_SCHEMA = MODULES / "@asyncapi" / "specs" / "schemas" / "3.0.0-without-$id.json"

_INSTALLED = MODULES / ".package-lock.json"
_LOCK = FOLDER / "package-lock.json"


def node_is_here() -> bool:
    """Whether node and npm are on the PATH."""
    return shutil.which("node") is not None and shutil.which("npm") is not None


def install() -> None:
    """What the lock file names, unless it is there; of several processes, one installs."""
    with _LOCK.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not _INSTALLED.exists() or _INSTALLED.stat().st_mtime < _LOCK.stat().st_mtime:
            _install()


def _install() -> None:
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

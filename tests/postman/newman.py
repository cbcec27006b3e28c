"""Newman, Postman's own runner, installed as the lock file says."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
INSTALLED = FOLDER / "node_modules" / ".package-lock.json"
LOCK = FOLDER / "package-lock.json"


def node_is_here() -> bool:
    """Whether node and npm are on the PATH."""
    return shutil.which("node") is not None and shutil.which("npm") is not None


def install() -> None:
    """What the lock file names, unless it is there."""
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    _run(["npm", "ci", "--no-audit", "--no-fund"], timeout=180)


def run_collection(collection: Path, report: Path, **variables: str) -> dict[str, Any]:
    """Run it from top to bottom; what newman reports, and what it printed under `printed`."""
    command = ["node", str(FOLDER / "node_modules" / "newman" / "bin" / "newman.js"), "run"]
    command += [str(collection), "--reporters", "cli,json", "--reporter-json-export", str(report)]
    command += ["--color", "off", "--timeout-request", "30000", "--timeout-script", "10000"]
    for name, value in variables.items():
        command += ["--env-var", f"{name}={value}"]
    printed = _run(command, timeout=180, also_failing=True)
    told: dict[str, Any] = json.loads(report.read_text())["run"]
    return {**told, "printed": printed}


def _run(command: list[str], *, timeout: float, also_failing: bool = False) -> str:
    done = subprocess.run(
        command, cwd=FOLDER, capture_output=True, text=True, timeout=timeout, check=False
    )
    printed = done.stdout + done.stderr
    assert also_failing or done.returncode == 0, printed
    return printed

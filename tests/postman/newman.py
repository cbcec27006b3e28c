"""Newman, Postman's own runner."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.node_packages import NEWMAN


def run_collection(collection: Path, report: Path, **variables: str) -> dict[str, Any]:
    """Run it from top to bottom; what newman reports, and what it printed under `printed`."""
    command = ["node", str(NEWMAN), "run", str(collection)]
    command += ["--reporters", "cli,json", "--reporter-json-export", str(report)]
    command += ["--color", "off", "--timeout-request", "30000", "--timeout-script", "10000"]
    for name, value in variables.items():
        command += ["--env-var", f"{name}={value}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    printed = done.stdout + done.stderr
    assert report.exists(), printed
    told: dict[str, Any] = json.loads(report.read_text())["run"]
    return {**told, "printed": printed}

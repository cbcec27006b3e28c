"""What the documents tell a person to type does what they say.

`make up`, `make test` and `make check` are run by CI itself; the agent's commands have tests of
their own in `tests/edge/agent`.
"""

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from local.folder import REPOSITORY
from tests.e2e.company import Company
from tests.engine import free_port

DOCS = REPOSITORY / "docs"
TOOLS = Path(sys.executable).parent


def commands(page: Path, *, holding: str) -> list[str]:
    """The fenced shell commands of a page that hold a word, continuation lines joined."""
    text = page.read_text()
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    blocks = [block for language, block in fenced if language in {"", "sh"}]
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    found = [line.strip() for line in lines if holding in line]
    assert found, f"{page.name} has no command with {holding!r}"
    return found


def shell(command: str, **environment: str) -> str:
    done = subprocess.run(
        ["/bin/bash", "-euc", command],
        cwd=REPOSITORY,
        env=os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}"} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def employee(stack: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Somebody on the shift `s-1`, which is under way."""
    company = Company(stack)
    now = datetime.now(UTC)
    zone = "Etc/GMT" + (f"{now.hour - 12:+d}" if now.hour != 12 else "")
    company.post("/v1/locations", {"location": "noon", "timezone": zone})
    company.people(1)
    person = {"email": "ana@acme.example", "fullname": "Ana", "roleId": "employee"}
    password = "correct horse battery staple"
    company.post("/v1/users", person | {"userId": "ana", "deviceUserIds": [], "password": password})
    day = now.astimezone(ZoneInfo(zone)).date()
    times = {"startTime": "08:00", "endTime": "18:00", "location": "noon"}
    company.post("/v1/shifts", {"shiftId": "s-1", "shiftDate": f"{day}", **times})
    company.post("/v1/shifts/s-1/assignments", {"userIds": ["ana"]})
    token = company.log_in("ana@acme.example")["accessToken"]
    yield {"BASE": stack["baseUrl"], "TOKEN": token, "USER": "ana"}
    company.http.close()


@pytest.mark.stack
def test_the_check_in_of_the_api_guide(employee: dict[str, str]) -> None:
    (command,) = commands(DOCS / "api.md", holding="/v1/check-in")
    first, again = (json.loads(shell(command, **employee)) for _ in range(2))
    assert (first["status"], first["statusCode"]) == ("OK", "201")
    assert first["attendanceRecord"]["userId"] == "ana"
    assert again["attendanceRecord"] == first["attendanceRecord"]


@pytest.mark.stack
def test_any_aws_tool_can_look_inside(stack: dict[str, Any]) -> None:
    (export,) = commands(DOCS / "running-locally.md", holding="export AWS_ENDPOINT_URL")
    (logs,) = commands(DOCS / "running-locally.md", holding="sam logs")
    export = export.replace("http://127.0.0.1:4566", stack["engineUrl"]).replace("=x", "=test")
    told = shell(f"{export}\n{logs.replace('--tail', '')}", SAM_CLI_TELEMETRY="0")
    assert "request" in told


def test_the_punch_of_the_simulators_guide(tmp_path: Path) -> None:
    simulate, *_ = commands(DOCS / "simulator.md", holding="attendance-edge simulate")
    punch, _look = commands(DOCS / "simulator.md", holding="curl")
    control, first = free_port(), free_port()
    command = [str(TOOLS / "attendance-edge"), *simulate.split()[1:]]
    command += ["--control-port", str(control), "--first-port", str(first)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as fleet:
        try:
            ready = f"curl -sf localhost:{control}/terminals"
            while subprocess.run(ready.split(), capture_output=True, check=False).returncode:
                assert fleet.poll() is None
                time.sleep(0.1)
            made = json.loads(shell(punch.replace("4369", str(control))))
            assert made["user_id"] == "5"
            look = shell(_look.replace("4369", str(control)))
            assert '"records":101' in look.replace(" ", "")
        finally:
            fleet.terminate()


def test_the_agent_installs_alone(tmp_path: Path) -> None:
    """`pip install ./edge_agent` builds one wheel that holds the wire package too."""
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*wheel, "-w", str(tmp_path), "./edge_agent"], cwd=REPOSITORY, check=True)
    (built,) = tmp_path.glob("attendance_edge-*.whl")
    with zipfile.ZipFile(built) as files:
        files.extractall(tmp_path / "site")
    told = subprocess.run(
        [sys.executable, "-c", "from attendance_edge.cli.main import main; main()", "--help"],
        cwd=tmp_path / "site",
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "enroll" in told.stdout, told.stderr
    assert (tmp_path / "site" / "attendance_wire" / "batch.py").exists()

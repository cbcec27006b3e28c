"""What a person waits for, on the deployed local stack."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from attendance_edge.simulator import EmulatedTerminal
from local.folder import REPOSITORY
from local.ports import free_ports
from tests.bench.figure import Figure
from tests.e2e.company import ZONE, Company, working_days

POLLS = 8


def measure() -> Iterator[Figure]:
    """From the end of a poll to the record."""
    with _stack() as facts, tempfile.TemporaryDirectory() as folder:
        waits = list(_waits(Company(facts), Path(folder)))
    yield Figure(
        name="from the poll to the record, median", value=median(waits), unit="s", at_most=5
    )
    yield Figure(name="from the poll to the record, worst", value=max(waits), unit="s", at_most=5)


@contextmanager
def _stack() -> Iterator[dict[str, Any]]:
    port, edge_port, engine_port = free_ports(3)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "LOCAL_DIR": folder,
            "PORT": str(port),
            "EDGE_PORT": str(edge_port),
            "ENGINE_PORT": str(engine_port),
            "DEMO": "0",
        }
        launch = [sys.executable, "-m", "local"]
        subprocess.run([*launch, "up"], env=environment, cwd=REPOSITORY, check=True)
        try:
            yield json.loads((Path(folder) / "stack.json").read_text())
        finally:
            subprocess.run([*launch, "down"], env=environment, cwd=REPOSITORY, check=True)


def _waits(company: Company, folder: Path) -> Iterator[float]:
    people = company.people(POLLS)
    (day,) = working_days(1, datetime.now(ZoneInfo(ZONE)).date())
    company.shift("day", day, people)
    company.device("gate")
    with EmulatedTerminal(users=0) as terminal:
        config = folder / "edge.toml"
        config.write_text(
            f'[cloud]\nurl = "{str(company.http.base_url).rstrip("/")}"\n[[device]]\nid = "gate"\n'
            f'name = "Gate"\naddress = "127.0.0.1"\nport = {terminal.port}\ntransport = "tcp"\n'
            f'timezone = "{ZONE}"\n'
        )
        edge = str(Path(sys.executable).with_name("attendance-edge"))
        given = ["--config", str(config)]
        code = company.enrollment_code()
        subprocess.run([edge, "enroll", "--code", code, *given], check=True, capture_output=True)
        for number in range(1, POLLS + 1):
            at = datetime(day.year, day.month, day.day, 8, 55, number)
            terminal.add_punch(str(number), timestamp=at)
            subprocess.run([edge, "poll", *given], check=True, capture_output=True)
            ended = time.monotonic()
            while len(company.records()) < number:
                time.sleep(0.05)
            yield time.monotonic() - ended
    company.http.close()

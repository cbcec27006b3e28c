"""Fleets in processes of their own, as the command starts them."""

import json
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx

from attendance_edge.terminal import TerminalAddress, read_terminal

PROGRAM = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from attendance_edge.simulator import FleetOptions, run_fleet
options = json.loads(sys.argv[1])
if options.get("state_file"):
    options["state_file"] = Path(options["state_file"])
run_fleet(FleetOptions(**options), lambda ready: print(json.dumps(asdict(ready)), flush=True))
"""


class Fleet:
    def __init__(self, process: subprocess.Popen, places: dict) -> None:
        self.process = process
        self.places = places
        self.http = httpx.Client(base_url=places["control_url"])

    def read(self, number: int):
        place = self.places["terminals"][number]
        address = TerminalAddress(host=place["host"], port=place["port"])
        return read_terminal(address, deadline_seconds=5)


@contextmanager
def fleet(end=signal.SIGTERM, **options):
    options = {"first_port": 0, "control_port": 0, **options}
    command = [sys.executable, "-W", "error", "-c", PROGRAM, json.dumps(options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            running = Fleet(process, json.loads(process.stdout.readline()))
            with running.http:
                yield running
        finally:
            process.send_signal(end)
            _, trouble = process.communicate(timeout=10)
    assert (process.returncode, trouble) == (0, b"")


@contextmanager
def started(options):
    """Like `fleet`, for a process that the test ends itself."""
    options = {"first_port": 0, "control_port": 0, **options}
    command = [sys.executable, "-c", PROGRAM, json.dumps(options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        running = Fleet(process, json.loads(process.stdout.readline()))
        with running.http:
            yield running

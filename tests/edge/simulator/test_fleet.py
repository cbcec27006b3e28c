"""The fleet that the command starts: curl in, punches out, logs that outlive a restart."""

import json
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from attendance_edge.simulator import Faults, FleetOptions, run_fleet
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


@pytest.fixture(name="running", scope="module")
def _running():
    with fleet(terminals=2, records=30) as running:
        yield running


def test_every_terminal_is_a_real_one_with_its_own_serial_number(running):
    first, second = running.read(0), running.read(1)

    assert (first.serial_number, second.serial_number) == ("EMU0000001", "EMU0000002")
    assert len(first.punches) == len(second.punches) == 30


def test_a_punch_by_http_is_in_the_log(running):
    answer = running.http.post(
        "/terminals/1/punches",
        json={"user_id": "007", "punch": 1, "status": 15, "timestamp": "2026-03-06 09:15:23"},
    )

    assert answer.status_code == 201
    assert answer.json()["timestamp"] == "2026-03-06 09:15:23"
    punch = running.read(0).punches[-1]
    assert (punch.user_id, punch.punch, punch.status) == ("007", 1, 15)
    assert str(punch.timestamp) == "2026-03-06 09:15:23"


def test_the_state_and_the_counters_are_told(running):
    running.read(1)
    report = running.http.get("/terminals/2").json()

    assert report["writes"] == report["open_sessions"] == 0
    assert report["received"]["1503"] >= 1
    assert [one["id"] for one in running.http.get("/terminals").json()["terminals"]] == ["1", "2"]


def test_faults_are_set_counted_and_cleared(running):
    assert running.http.post("/terminals/2/faults", json={"count": 0}).json() == {
        "faults": {"count": 0}
    }
    assert running.read(1).remarks == ("The terminal counts 0 records; its log holds 30.",)
    assert running.http.get("/terminals/2").json()["fired"]["count"] >= 1
    assert running.http.delete("/terminals/2/faults").json() == {"faults": {}}
    assert running.read(1).remarks == ()


def test_the_clock_is_turned(running):
    running.http.post("/terminals/2/clock", json={"offset_seconds": 300})

    assert running.read(1).clock_offset_seconds == pytest.approx(300, abs=1.5)


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/terminals/9/punches", {"user_id": "1"}, 404, "no terminal 9"),
        ("/terminals/1/punches", {}, 400, "user_id"),
        ("/terminals/1/punches", {"user_id": "x" * 25}, 400, "1 to 24 bytes"),
        ("/terminals/1/punches", {"user_id": "1", "punch": 256}, 400, "punch"),
        ("/terminals/1/punches", {"user_id": "1", "timestamp": "tomorrow"}, 400, "timestamp"),
        ("/terminals/1/punches", {"user_id": "1", "when": 1}, 400, "unknown field when"),
        ("/terminals/1/punches", [1], 400, "JSON object"),
        ("/terminals/1/faults", {"explode": True}, 400, "no such fault: explode"),
        ("/terminals/1/faults", {"hang": "yes"}, 400, "hang cannot be 'yes'"),
        ("/terminals/1/clock", {"offset_seconds": "x"}, 400, "offset_seconds"),
        ("/nowhere", {}, 404, "Not Found"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(running, path, body, status, words):
    answer = running.http.post(path, json=body)

    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_a_body_that_is_no_json_is_refused(running):
    for text in ("{", "[" * 100_000, "\ud800".encode("utf-8", "surrogatepass")):
        assert running.http.post("/terminals/1/punches", content=text).status_code == 400


def test_a_full_terminal_turns_people_away():
    with fleet(terminals=1, records=5, capacity=5) as running:
        answer = running.http.post("/terminals/1/punches", json={"user_id": "1"})

    assert answer.status_code == 409


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_logs_outlive_a_restart(tmp_path, end):
    options = {"terminals": 2, "records": 10, "state_file": str(tmp_path / "logs" / "fleet.jsonl")}
    with started(options) as running:
        running.http.post("/terminals/2/punches", json={"user_id": "77"})
        before = [running.read(number).punches for number in (0, 1)]
        running.process.send_signal(end)
        running.process.wait(10)

    with fleet(**options) as running:
        assert [running.read(number).punches for number in (0, 1)] == before
        assert running.http.delete("/terminals/1/records").json()["records"] == 0

    with fleet(**options) as running:
        assert len(running.read(0).punches) == 0
        assert len(running.read(1).punches) == 11


@contextmanager
def started(options):
    """Like `fleet`, for a process that the test ends itself."""
    options = {"first_port": 0, "control_port": 0, **options}
    command = [sys.executable, "-c", PROGRAM, json.dumps(options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        running = Fleet(process, json.loads(process.stdout.readline()))
        with running.http:
            yield running


def test_a_line_half_written_is_left_out(tmp_path):
    state = tmp_path / "fleet.jsonl"
    with fleet(terminals=1, records=3, state_file=str(state)):
        pass
    with state.open("a") as file:
        file.write('{"terminal": "EMU0000001", "user_')

    with fleet(terminals=1, records=3, state_file=str(state)) as running:
        running.http.post("/terminals/1/punches", json={"user_id": "5"})
        assert len(running.read(0).punches) == 4
    with fleet(terminals=1, records=3, state_file=str(state)) as running:
        assert len(running.read(0).punches) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"terminals": 0},
        {"records": -1},
        {"records": 11, "capacity": 10},
        {"users": 0},
        {"timezone": "Mars/Olympus"},
    ],
)
def test_options_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        FleetOptions(**wrong)


def test_a_port_that_is_taken_is_an_error_and_nothing_keeps_running():
    with fleet(terminals=1) as running:
        taken = running.places["terminals"][0]["port"]
        with pytest.raises(OSError, match=str(taken)):
            run_fleet(FleetOptions(terminals=1, first_port=taken, control_port=0))


def test_faults_know_their_names_and_kinds():
    faults = Faults()
    faults.set(hang=True, hang_on=[13], udp_loss=1, count=None)
    assert faults.active() == {"hang": True, "hang_on": (13,), "udp_loss": 1.0}

    faults.clear()
    assert faults.active() == {}

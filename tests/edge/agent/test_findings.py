"""Every fault is named in plain words, the same in `status` and in `doctor`."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from attendance_edge.agent import setbacks
from attendance_edge.config import load_config
from attendance_edge.local_api import LocalServer
from attendance_edge.outbox import Outbox
from attendance_edge.outbox.ballast import Ballast
from attendance_edge.push_receiver import PushReceiver
from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.fake_cloud import FakeCloud, Handler
from tests.edge.agent.sites import write_config
from tests.edge.agent.test_commands import CLOUD, CONFIGURATION, OK, TERMINAL, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from attendance_edge.uplink import AgentIdentity

CODES = {"data": 1503, "chunk": 1504, "time": 201}


class Gate:
    """A site with one terminal, polled as the faults come and go."""

    def __init__(self, folder: Path, cloud: FakeCloud, terminal: EmulatedTerminal) -> None:
        self.folder, self.cloud, self.terminal = folder, cloud, terminal
        write_config(folder, cloud.url, {"gate": terminal.port}, deadline_seconds=1.5)

    def poll(self) -> int:
        return run(self.folder, "poll").returncode

    def told(self) -> tuple[str, str]:
        """What `status` and `doctor` say now, each on one line."""
        done = [run(self.folder, command) for command in ("status", "doctor")]
        assert not any("Traceback" in one.stderr for one in done)
        status, doctor = (" ".join(one.stdout.split()) for one in done)
        return status, doctor

    def both_say(self, *words: str) -> None:
        for text in self.told():
            for word in words:
                assert word in text

    def neither_says(self, *words: str) -> None:
        for text in self.told():
            for word in words:
                assert word not in text


@pytest.fixture
def gate(tmp_path: Path, cloud: FakeCloud, identity: AgentIdentity) -> Iterator[Gate]:
    with ExitStack() as stack:
        terminal = EmulatedTerminal(records=50, timezone="America/Mexico_City")
        yield Gate(tmp_path, cloud, stack.enter_context(terminal))


def test_where_all_is_well_nothing_is_to_be_mended(gate: Gate) -> None:
    assert gate.poll() == OK
    gate.neither_says("->", "note ", "bad ")


def refuse_for_ever(handler: Handler, _status: int, _content: bytes) -> None:
    handler.say(400, b'{"message": "errMsg_invalidBatchId"}')


def test_a_batch_that_the_service_refuses_for_ever(gate: Gate) -> None:
    gate.cloud.faults.extend([refuse_for_ever] * 8)
    assert gate.poll() == CLOUD
    gate.both_say(
        "the service refuses what is sent",
        "errMsg_invalidBatchId",
        "50 punches wait",
        "nothing is lost",
    )
    gate.cloud.faults.clear()
    assert run(gate.folder, "doctor").returncode == CLOUD
    assert gate.poll() == OK
    gate.neither_says("refuses what is sent")


def test_a_service_that_does_not_answer(gate: Gate) -> None:
    gate.cloud.faults.extend([lambda handler, *_: handler.hang_up()] * 8)
    assert gate.poll() == CLOUD
    gate.cloud.faults.clear()
    gate.both_say("nothing goes up", "50 punches wait", "it is tried again")


def test_a_row_that_the_service_refuses_for_ever(gate: Gate) -> None:
    gate.cloud.reject = lambda row: "foreignDevice" if row["user_id"] == "2" else None
    gate.poll()
    gate.both_say("10 punches were refused by the service for good")
    assert "foreignDevice" in gate.told()[0]


def test_a_record_that_cannot_be_read(gate: Gate) -> None:
    gate.terminal.set_faults(corrupt_record=True)
    assert gate.poll() == OK
    gate.both_say("1 unreadable records", "their bytes are kept")
    assert len(gate.cloud.stored) == 49


def test_a_clock_that_was_turned(gate: Gate) -> None:
    gate.poll()
    gate.terminal.device.clock.offset_seconds += 3600
    gate.poll()
    for text in gate.told():
        assert re.search(r"jumped by \+(3599|360[01]) s", text)
        assert re.search(r"\+(3599|360[01]) s off", text)
        assert "set-clock gate" in text


def test_a_clock_that_shows_no_date_there_is(gate: Gate) -> None:
    gate.terminal.set_faults(impossible_time=True)
    gate.poll()
    gate.both_say("clock shows no date there is")
    assert len(gate.cloud.stored) == 50


def test_a_terminal_whose_menu_is_open_is_busy_before_it_has_failed(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.poll()
    gate.terminal.set_faults(ignore_connect=True)
    assert gate.poll() == TERMINAL
    assert "its menu may be open" in run(gate.folder, "status").stdout
    assert "it counts as failed" in " ".join(run(gate.folder, "status").stdout.split())
    report = gate.cloud.reports("gate")[-1]
    assert report["ok"]
    assert "error" not in report

    monkeypatch.setattr(setbacks, "BUSY_FOR", timedelta(0))
    assert gate.poll() == TERMINAL
    report = gate.cloud.reports("gate")[-1]
    assert not report["ok"]
    assert "its menu may be open" in report["error"]
    gate.both_say("bad terminal gate", "Leave its menu")


def test_another_terminal_behind_the_address(gate: Gate) -> None:
    gate.poll()
    gate.terminal.set_faults(serial_number="STRANGER")
    assert gate.poll() == TERMINAL
    gate.both_say("STRANGER", "EMU0000001", "Its log keeps the punches")


def test_a_terminal_that_counts_nothing(gate: Gate) -> None:
    gate.terminal.set_faults(count=0)
    gate.poll()
    gate.both_say("counts 0 records; its log holds 50")
    (finding,) = json.loads(run(gate.folder, "status", "--json").stdout)["findings"]
    assert (finding["verdict"], finding["what"]) == ("note", "terminal gate")
    assert len(gate.cloud.stored) == 50


@pytest.mark.parametrize(
    "faults",
    [
        {"hang": True},
        {"hang_on": (CODES["chunk"],)},
        {"ignore_connect": True},
        {"close_on_connect": True},
        {"refuse_on": (CODES["data"],)},
        {"drop_after_bytes": 600},
        {"answer_delay": 1.0},
        {"endless_data": True},
        {"short_data": 40},
        {"size_error": 7},
        {"prepare_error": 1 << 30},
        {"top_length": 1 << 31},
        {"garbage_on": (CODES["chunk"],)},
    ],
    ids=lambda faults: next(iter(faults)),
)
def test_a_terminal_that_cannot_be_read_and_why(gate: Gate, faults: dict[str, Any]) -> None:
    gate.terminal.set_faults(**faults)
    if gate.poll() == OK:
        assert len(gate.cloud.stored) == 50, "read all the same"
        return
    (state,) = json.loads(run(gate.folder, "status", "--json").stdout)["devices"]
    assert state["error"]
    gate.both_say("bad terminal gate", "Its log keeps the punches")
    gate.terminal.faults.clear()
    assert gate.poll() == OK
    gate.neither_says("bad ")
    assert len(gate.cloud.stored) == 50


def test_a_full_disk(gate: Gate) -> None:
    gate.poll()
    with Outbox(gate.folder / "state"):
        Ballast(gate.folder / "state").free()
        gate.both_say("FULL", "their logs keep the punches", "Make room")
    gate.poll()
    gate.neither_says("disk: FULL")
    assert len(gate.cloud.stored) == 50


def test_a_damaged_database_is_named_set_aside_and_read_anew(gate: Gate) -> None:
    gate.poll()
    path = gate.folder / "state" / "outbox.sqlite3"
    path.write_bytes(b"not a database at all" * 400)
    refused = run(gate.folder, "status")
    assert refused.returncode == CONFIGURATION
    assert "is damaged" in refused.stderr
    assert "doctor" in refused.stderr
    assert gate.poll() == OK
    gate.both_say("outbox.sqlite3.damaged-", "the terminals are read anew")
    assert len(gate.cloud.stored) == 50


def test_a_terminal_that_calls_and_is_not_known(gate: Gate) -> None:
    path = gate.folder / "edge.toml"
    path.write_text(path.read_text() + '\n[push]\nlisten = "127.0.0.1:0"\n')
    settings = load_config(path)
    assert settings.push is not None
    with Outbox(gate.folder / "state") as outbox:
        app = PushReceiver(settings, outbox, lambda: None).app()
        server = LocalServer(settings.push, app, name="push", tells_time=False)
        server.start()
        for _ in range(2):
            httpx.get(f"{server.url}/iclock/getrequest", params={"SN": "STRANGER"})
        server.stop()
    gate.both_say("'STRANGER' called from 127.0.0.1", "write that serial_number")


@pytest.mark.parametrize("command", ["status", "doctor"])
def test_a_wrong_configuration_is_refused_with_every_mistake(gate: Gate, command: str) -> None:
    path = gate.folder / "edge.toml"
    path.write_text(path.read_text().replace("gate", "ga te").replace("1.5", "-1"))
    done = run(gate.folder, command)
    assert done.returncode == CONFIGURATION
    assert "device[1].id" in done.stderr
    assert "agent.deadline_seconds" in done.stderr

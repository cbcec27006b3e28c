"""`attendance-edge run` as a process: signals, outages, terminals it finds disabled."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from attendance_edge.outbox import Outbox, peek
from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.fake_cloud import FakeCloud
from tests.edge.agent.sites import write_config
from tests.engine import free_port
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from attendance_edge.uplink import AgentIdentity

ENABLE = 1002


@pytest.fixture
def terminals() -> Iterator[Callable[..., EmulatedTerminal]]:
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(EmulatedTerminal(**options))


@contextmanager
def running(config: Path, log: Path, *flags: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "attendance_edge", "run", "--config", str(config), *flags]
    with log.open("ab") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            yield process
        finally:
            process.kill()


def test_punches_arrive_soon_and_sigterm_ends_it_cleanly(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(records=10)
    config = write_config(tmp_path, cloud.url, {"gate": terminal.port})
    with running(config, tmp_path / "log") as process:
        until(lambda: len(cloud.stored) == 10)
        terminal.add_punch("3")
        began = time.monotonic()
        until(lambda: len(cloud.stored) == 11)
        assert time.monotonic() - began < 3
        until(lambda: "gate" in cloud.watermarks())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    log = (tmp_path / "log").read_text()
    assert log.rstrip().endswith("stopped")
    assert "Traceback" not in log
    assert terminal.open_sessions == 0
    assert terminal.writes == 0


def test_an_outage_is_told_once_when_it_begins_and_once_when_it_ends(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(records=1)
    config = write_config(tmp_path, cloud.url, {"gate": terminal.port})
    log = tmp_path / "log"
    with running(config, log):
        until(lambda: cloud.stored)
        terminal.set_faults(close_on_connect=True)
        until(lambda: "WARNING terminal gate:" in log.read_text())
        time.sleep(1.0)
        assert log.read_text().count("WARNING terminal gate:") == 1
        terminal.set_faults(close_on_connect=False)
        until(lambda: "works again" in log.read_text())
        assert log.read_text().count("WARNING terminal gate:") == 2


def test_it_enrols_late_and_then_hands_over_what_waited(
    tmp_path: Path, cloud: FakeCloud, terminals: Callable[..., EmulatedTerminal]
) -> None:
    code = "c" * 32
    config = write_config(tmp_path, cloud.url, {"gate": terminals(records=4).port})
    with running(config, tmp_path / "log"):
        until(lambda: (g := peek(tmp_path / "state")) and g.summary.queued == 4)
        cloud.codes[code] = "acme_late"
        enrol = [sys.executable, "-m", "attendance_edge", "enroll", "--url", cloud.url]
        subprocess.run([*enrol, "--code", code, "--config", str(config)], check=True)
        until(lambda: len(cloud.stored) == 4)
        until(lambda: (g := peek(tmp_path / "state")) and g.summary.queued == 0)
    assert len(cloud.stored) == 4


def test_a_killed_agent_loses_nothing_and_doubles_nothing(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(records=3000)
    config = write_config(tmp_path, cloud.url, {"gate": terminal.port})
    for user_id, pause in (("21", 0.5), ("22", 0.7), ("23", 0.9)):
        with running(config, tmp_path / "log") as process:
            time.sleep(pause)
            process.kill()
        terminal.add_punch(user_id)
    with running(config, tmp_path / "log"):
        until(lambda: len(cloud.stored) == 3003)
        until(lambda: (g := peek(tmp_path / "state")) and g.summary.queued == 0)
    assert len(terminal.device.log) == 3003


def test_a_terminal_found_disabled_is_enabled_at_the_start(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(records=1)
    with Outbox(tmp_path / "state") as outbox:
        outbox.mark_disabled("gate")
    config = write_config(tmp_path, cloud.url, {"gate": terminal.port})
    with running(config, tmp_path / "log"):
        until(lambda: terminal.received[ENABLE] == 1)
        until(lambda: cloud.stored)
    glimpse = peek(tmp_path / "state")
    assert glimpse is not None
    assert not glimpse.devices["gate"].is_disabled


def test_sigterm_while_people_are_locked_out_lets_them_in_first(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(records=400)
    port = free_port()
    config = write_config(
        tmp_path, cloud.url, {"gate": terminal.port}, listen=f"127.0.0.1:{port}", poll_seconds=60
    )
    with running(config, tmp_path / "log") as process:
        until(lambda: cloud.stored)
        terminal.set_faults(answer_delay=0.15)
        asked = httpx.Client(trust_env=False, timeout=15)
        with asked, pytest.raises(httpx.TimeoutException):
            asked.get(f"http://127.0.0.1:{port}/attendance/all", timeout=0.7)
        until(lambda: terminal.disabled, 3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert not terminal.disabled


def test_a_second_agent_and_a_taken_port_are_refused_with_a_sentence(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    config = write_config(tmp_path, cloud.url, {"gate": terminals(records=1).port})
    with running(config, tmp_path / "log"):
        until(lambda: cloud.stored)
        with running(config, tmp_path / "second") as second:
            assert second.wait(10) == 3
    said = (tmp_path / "second").read_text()
    assert "Another attendance-edge" in said
    assert "Traceback" not in said

"""The command line: what it prints, and what its exit code says."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

from attendance_edge.cli import main
from attendance_edge.outbox import Outbox, peek
from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.fake_cloud import FakeCloud
from tests.edge.agent.sites import write_config
from tests.edge.agent.test_configuration import GOOD
from tests.engine import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from attendance_edge.uplink import AgentIdentity

NOWHERE = "http://127.0.0.1:9"
OK, TERMINAL, CLOUD, CONFIGURATION = range(4)


@pytest.fixture
def terminals() -> Iterator[Callable[..., EmulatedTerminal]]:
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(EmulatedTerminal(**options))


def run(folder: Path, *words: str) -> Done:
    """The command in this process: a new one would cost half a second each."""
    out, err = io.StringIO(), io.StringIO()
    level = logging.getLogger("attendance_edge").level
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        try:
            main(list(words))
        except SystemExit as end:
            code = int(end.code or 0)
    logging.getLogger("attendance_edge").setLevel(level)
    return Done(code, out.getvalue(), err.getvalue())


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def asked(folder: Path, *words: str) -> tuple[int, Any]:
    done = run(folder, *words, "--json")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_poll_exits_0_when_all_went_well(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    write_config(tmp_path, cloud.url, {"gate": terminals(records=7).port})
    code, said = asked(tmp_path, "poll")
    assert (code, said["ok"], said["uplink"]["accepted"]) == (OK, True, 7)
    assert [(t["device_id"], t["new"], t["error"]) for t in said["terminals"]] == [
        ("gate", 7, None)
    ]
    again = run(tmp_path, "poll")
    assert again.returncode == OK
    assert "gate" in again.stdout
    assert "nothing new" in again.stdout


def test_poll_exits_1_when_a_terminal_failed(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    write_config(tmp_path, cloud.url, {"gate": terminals(records=7).port, "dead": 1})
    code, said = asked(tmp_path, "poll")
    assert (code, said["ok"], said["uplink"]["accepted"]) == (TERMINAL, False, 7)
    assert "127.0.0.1:1" in next(t["error"] for t in said["terminals"] if t["error"])


def test_poll_exits_2_when_the_cloud_does_not_answer_and_loses_nothing(
    tmp_path: Path, identity: AgentIdentity, terminals: Callable[..., EmulatedTerminal]
) -> None:
    write_config(tmp_path, NOWHERE, {"gate": terminals(records=7).port, "dead": 1})
    code, said = asked(tmp_path, "poll")
    assert (code, said["uplink"]["queued"]) == (CLOUD, 7)
    assert "127.0.0.1:9" in said["uplink"]["error"]
    assert "Nothing is lost" in run(tmp_path, "poll").stdout


def test_poll_exits_3_for_a_wrong_configuration_with_every_mistake(tmp_path: Path) -> None:
    (tmp_path / "edge.toml").write_text(GOOD.replace("4370", "0").replace("30", '"x"'))
    done = run(tmp_path, "poll")
    assert done.returncode == CONFIGURATION
    assert done.stderr.splitlines() == [
        "edge.toml:5: agent.poll_seconds: expected seconds from 0.1 to 86400, got 'x'",
        "edge.toml:15: device[1].port: expected a whole number from 1 to 65535, got 0",
    ]
    code, said = asked(tmp_path, "poll")
    assert code == CONFIGURATION
    assert [mistake["line"] for mistake in said["mistakes"]] == [5, 15]
    assert not (tmp_path / "state").exists(), "refused before anything is done"


@pytest.mark.parametrize(
    "words",
    [("poll",), ("poll", "--config", "none.toml"), ("poll", "--nonsense"), ("nonsense",)],
)
def test_exits_3_when_the_command_line_leads_nowhere(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run(tmp_path, *words)
    assert done.returncode == CONFIGURATION
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_an_agent_that_is_not_enrolled_reads_and_says_what_is_missing(
    tmp_path: Path, cloud: FakeCloud, terminals: Callable[..., EmulatedTerminal]
) -> None:
    write_config(tmp_path, cloud.url, {"gate": terminals(records=2).port})
    code, said = asked(tmp_path, "poll")
    assert (code, said["uplink"]["queued"]) == (CONFIGURATION, 2)
    assert "attendance-edge enroll" in said["uplink"]["error"]


def test_a_code_enrols_once(tmp_path: Path, cloud: FakeCloud) -> None:
    cloud.codes["c" * 32] = "acme_a1"
    write_config(tmp_path, cloud.url, {"gate": 4370})
    words = ("enroll", "--url", cloud.url, "--code", "c" * 32)
    code, said = asked(tmp_path, *words)
    assert (code, said["agentId"], said["companyId"]) == (OK, "acme_a1", "acme")
    again = run(tmp_path, *words)
    assert again.returncode != OK
    assert "expired" in again.stderr
    assert run(tmp_path, "enroll", "--url", NOWHERE, "--code", "x").returncode == CLOUD


def test_status_tells_of_outbox_and_terminals_also_beside_a_running_agent(
    tmp_path: Path, identity: AgentIdentity, terminals: Callable[..., EmulatedTerminal]
) -> None:
    write_config(tmp_path, NOWHERE, {"gate": terminals(records=3).port, "dead": 1})
    code, before = asked(tmp_path, "status")
    assert (code, before["outbox"]["queued"]) == (OK, 0)
    run(tmp_path, "poll")
    with Outbox(tmp_path / "state"):
        code, said = asked(tmp_path, "status")
    assert (code, said["outbox"]["queued"], said["agent_id"]) == (OK, 3, identity.agent_id)
    gate, dead = said["devices"]
    assert (gate["ok"], gate["records_on_device"], gate["watermark"]) == (True, 3, None)
    assert (dead["ok"], dead["read_at"]) == (False, None)
    text = run(tmp_path, "status").stdout
    assert "3 waiting" in text
    assert "Nothing answers" in text


def test_status_names_what_the_service_refused(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    cloud.reject = lambda row: "foreignDevice" if row["user_id"] == "2" else None
    write_config(tmp_path, cloud.url, {"gate": terminals(records=5).port})
    assert asked(tmp_path, "poll")[1]["uplink"]["rejected"] == 1
    (refused,) = asked(tmp_path, "status")[1]["rejected"]
    assert (refused["user_id"], refused["reason"]) == ("2", "foreignDevice")
    assert "foreignDevice" in run(tmp_path, "status").stdout


def test_doctor_finds_nothing_to_mend_where_all_is_well(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(timezone="America/Mexico_City")
    write_config(tmp_path, cloud.url, {"gate": terminal.port})
    code, said = asked(tmp_path, "doctor")
    assert (code, said["ok"]) == (OK, True)
    assert [f["what"] for f in said["findings"]] == [
        "disk",
        "outbox",
        "enrolment",
        "service",
        "terminal gate",
    ]


def test_doctor_says_what_to_mend_and_exits_by_the_nearest_fault(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    late = terminals(timezone="America/Mexico_City", clock_offset_seconds=-400.0)
    write_config(tmp_path, cloud.url, {"late": late.port, "dead": 1})
    done = run(tmp_path, "doctor")
    assert done.returncode == TERMINAL
    assert re.search(r"-(399|40\d) s off", done.stdout)
    assert "attendance-edge set-clock late" in done.stdout
    assert "bad   terminal dead" in done.stdout
    write_config(tmp_path, NOWHERE, {"dead": 1})
    assert run(tmp_path, "doctor").returncode == CLOUD
    (tmp_path / "state" / "agent.json").unlink()
    assert run(tmp_path, "doctor").returncode == CONFIGURATION


def test_set_clock_sets_one_terminal_and_tells_before_and_after(
    tmp_path: Path, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(timezone="America/Mexico_City", clock_offset_seconds=-3600.0)
    write_config(tmp_path, NOWHERE, {"gate": terminal.port})
    code, said = asked(tmp_path, "set-clock", "gate")
    assert (code, said["device_id"]) == (OK, "gate")
    assert abs(said["before_seconds"] + 3600) < 3
    assert abs(said["after_seconds"]) < 3
    assert run(tmp_path, "set-clock", "door").returncode == CONFIGURATION
    assert "gate" in run(tmp_path, "set-clock", "door").stderr


def test_a_usb_export_has_the_same_identity_as_the_terminals_log(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals()
    terminal.add_punch("5", punch=1, status=15, timestamp=datetime(2026, 3, 5, 17, 30, 45))
    write_config(tmp_path, cloud.url, {"gate": terminal.port, "door": 1})
    run(tmp_path, "poll")
    export = (
        "        5\t2026-03-05 17:30:45\t1\t1\t15\t0\r\n"
        "     0012\t2026-03-06 08:45:12\t1\t0\t1\t0\r\n"
        "\t2026-03-06 08:45:12\t1\t0\t1\t0\r\n"
        "        5\t2026-02-30 08:45:12\t1\t0\t1\t0\r\n"
    )
    (tmp_path / "1_attlog.dat").write_bytes(export.encode())
    assert run(tmp_path, "import", "1_attlog.dat").returncode == CONFIGURATION
    code, said = asked(tmp_path, "import", "1_attlog.dat", "--device", "gate")
    assert (code, said["read"], said["new"]) == (CONFIGURATION, 2, 1)
    assert [one["line"] for one in said["unreadable"]] == [3, 4]
    assert asked(tmp_path, "import", "1_attlog.dat", "--device", "gate")[1]["new"] == 0
    run(tmp_path, "poll")
    assert {row["user_id"] for row in cloud.stored.values()} == {"5", "0012"}


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv_is_told_by_its_header(tmp_path: Path, delimiter: str) -> None:
    write_config(tmp_path, NOWHERE, {"gate": 1})
    rows = [
        ("timestamp", "user_id", "punch", "status", "note"),
        ("2026-03-06 08:45:12", "7", "0", "1", "x"),
    ]
    text = "\ufeff" + "\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    code, said = asked(tmp_path, "import", "p.csv")
    assert (code, said["new"]) == (OK, 1)
    with Outbox(tmp_path / "state") as outbox:
        (queued,) = outbox.queued(10)
    assert (queued.row.user_id, queued.row.status, queued.row.punch) == ("7", 1, 0)


def test_init_writes_a_file_that_works_and_overwrites_none(
    tmp_path: Path, terminals: Callable[..., EmulatedTerminal]
) -> None:
    place = f"gate=127.0.0.1:{terminals(records=4).port}"
    words = ("init", "--url", NOWHERE, "--device", place, "--timezone", "Europe/Madrid")
    assert asked(tmp_path, *words)[0] == OK
    assert asked(tmp_path, "poll")[1]["uplink"]["queued"] == 4
    before = (tmp_path / "edge.toml").read_text()
    assert "#" in before
    assert run(tmp_path, *words).returncode == CONFIGURATION
    assert (tmp_path / "edge.toml").read_text() == before


def test_init_leaves_nothing_behind_that_would_be_refused(tmp_path: Path) -> None:
    words = ("init", "--url", "nowhere", "--device", "a b=1.2.3.4", "--timezone", "Mars")
    done = run(tmp_path, *words)
    assert done.returncode == CONFIGURATION
    assert len(done.stderr.splitlines()) == 3
    assert list(tmp_path.iterdir()) == []
    assert "--url" in run(tmp_path, "init", "--timezone", "UTC", "--device", "a=b").stderr


def test_discover_finds_the_terminal_of_a_network(
    tmp_path: Path, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(serial_number="EMU0000042")
    words = ("discover", "--cidr", "127.0.0.1/32", "--port", str(terminal.port))
    code, said = asked(tmp_path, *words)
    assert (code, said["asked"]) == (OK, 1)
    (found,) = said["found"]
    assert (found["serial_number"], found["model"]) == ("EMU0000042", "EMU-100")
    assert terminal.writes == 0
    assert run(tmp_path, "discover", "--cidr", "10.0.0.0/8").returncode == CONFIGURATION
    assert run(tmp_path, "discover", "--cidr", "everywhere").returncode == CONFIGURATION


def test_discover_finds_an_old_terminal_that_speaks_udp_only(
    tmp_path: Path, terminals: Callable[..., EmulatedTerminal]
) -> None:
    terminal = terminals(tcp=False, serial_number="OLD0000001")
    words = ("discover", "--cidr", "127.0.0.1/32", "--port", str(terminal.port))
    (found,) = asked(tmp_path, *words)[1]["found"]
    assert (found["serial_number"], found["transport"]) == ("OLD0000001", "udp")


def test_long_work_tells_in_plain_lines_how_far_it_is_where_nobody_watches(
    tmp_path: Path, terminals: Callable[..., EmulatedTerminal]
) -> None:
    write_config(tmp_path, NOWHERE, {"gate": terminals().port, "dead": 1})
    lines = [f"{n}\t2026-03-06 09:00:00\t1\t0\t1\t0" for n in range(1, 4_502)]
    (tmp_path / "attlog.dat").write_text("\n".join(lines))
    for words, told in (
        (("poll",), "reading terminals: 2 of 2"),
        (("discover", "--cidr", "127.0.0.1/32", "--port", "1"), "asking addresses: 1 of 1"),
        (("import", "attlog.dat", "--device", "gate"), "storing punches: 4501 of 4501"),
    ):
        assert told in run(tmp_path, *words).stderr.splitlines()
        assert run(tmp_path, *words, "--json").stderr == ""


def test_install_service_shows_a_unit_that_runs_this_agent(tmp_path: Path) -> None:
    write_config(tmp_path, NOWHERE, {"gate": 1})
    code, said = asked(tmp_path, "install-service", "--folder", str(tmp_path), "--user", "edge")
    assert code == OK
    unit = (tmp_path / "attendance-edge.service").read_text()
    assert unit == said["unit"]
    assert f'"run" "--config" "{tmp_path / "edge.toml"}"' in unit
    assert "User=edge" in unit
    assert asked(tmp_path, "install-service", "--show")[1]["written"] is False


@pytest.mark.parametrize(
    "words", [["poll", "--nope"], ["set-clock"], ["discover", "--cidr", "here"], ["what"]]
)
def test_a_command_line_that_says_nothing_is_told_as_json_too(
    tmp_path: Path, words: list[str]
) -> None:
    done = run(tmp_path, *words, "--json")
    assert done.returncode == CONFIGURATION
    told = json.loads(done.stdout)
    assert told["ok"] is False
    assert told["error"]


def test_simulate_serves_terminals_that_can_be_polled_and_keeps_their_logs(
    tmp_path: Path, cloud: FakeCloud, identity: AgentIdentity
) -> None:
    words = ["simulate", "--terminals", "2", "--records", "5", "--first-port", "0"]
    words += ["--control-port", "0", "--state-file", str(tmp_path / "t.jsonl"), "--json"]
    command = [sys.executable, "-m", "attendance_edge", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as fleet:
        try:
            assert fleet.stdout is not None
            places = json.loads(fleet.stdout.readline())
            ports = {f"t{place['id']}": place["port"] for place in places["terminals"]}
            url = f"{places['control_url']}/terminals/1/punches"
            assert httpx.post(url, json={"user_id": "77"}, trust_env=False).status_code == 201
            write_config(tmp_path, cloud.url, ports)
            assert asked(tmp_path, "poll")[1]["uplink"]["accepted"] == 11
            fleet.terminate()
            assert fleet.wait(10) == OK
        finally:
            fleet.kill()
    assert "77" in (tmp_path / "t.jsonl").read_text()


def test_poll_beside_a_running_agent_asks_that_agent(
    tmp_path: Path,
    cloud: FakeCloud,
    identity: AgentIdentity,
    terminals: Callable[..., EmulatedTerminal],
) -> None:
    terminal = terminals(records=3)
    listen = f"127.0.0.1:{free_port()}"
    write_config(tmp_path, cloud.url, {"gate": terminal.port}, listen=listen, poll_seconds=60)
    command = [sys.executable, "-m", "attendance_edge", "run"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as agent:
        try:
            for _ in range(100):
                if (glimpse := peek(tmp_path / "state")) and glimpse.devices.get("gate"):
                    break
                time.sleep(0.1)
            terminal.add_punch("9")
            code, said = asked(tmp_path, "poll")
        finally:
            agent.kill()
    assert (code, said["ok"]) == (OK, True)
    assert len(cloud.stored) == 4


def test_simulate_names_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(tmp_path, "simulate", "--first-port", port, "--control-port", "0")
    assert done.returncode == CONFIGURATION
    assert port in done.stderr

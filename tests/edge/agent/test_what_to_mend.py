"""Trouble on a site, told in plain words with what to do about it, and never as a traceback."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.fake_cloud import FakeCloud, Handler
from tests.edge.agent.sites import write_config
from tests.edge.agent.test_commands import CLOUD, CONFIGURATION, NOWHERE, OK, Done, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from attendance_edge.uplink import AgentIdentity

UGLY = ("Traceback", "Errno", "Error:", "_ssl.c", "Expecting value")


def told(folder: Path, *words: str) -> Done:
    """The command's end; what it says is on one line."""
    done = run(folder, *words)
    said = " ".join((done.stdout + done.stderr).split())
    assert not [word for word in UGLY if word in said], said
    return Done(done.returncode, said, "")


def saying(
    status: int, content: bytes = b"{}", kind: str = "application/json", **headers: str
) -> Callable[[Handler, int, bytes], None]:
    return lambda handler, _status, _content: handler.say(status, content, kind, **headers)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (saying(401), "`attendance-edge enroll --code CODE`"),
        (saying(403), "a firewall or proxy may stand in the way"),
        (saying(404), "Compare [cloud] url"),
        (saying(413), "update the agent"),
        (saying(429), "the service asks for patience"),
        (saying(500, b"<html>"), "the service has trouble of its own"),
        (saying(200, b"<html>Wi-Fi login</html>", "text/html"), "a login page of the network"),
        (saying(302, Location="http://portal.example/"), "a login page of the network"),
        (lambda handler, *_: handler.hang_up(), "Is this machine's network on"),
    ],
    ids=["401", "403", "404", "413", "429", "500", "login page", "redirect", "hung up"],
)
def test_what_to_do_when_the_service_takes_nothing(
    tmp_path: Path, cloud: FakeCloud, identity: AgentIdentity, fault: Any, words: str
) -> None:
    write_config(tmp_path, cloud.url, {"dead": 1})
    cloud.faults.extend([fault] * 2)
    done = told(tmp_path, "doctor")
    assert done.returncode == CLOUD
    assert words in done.stdout


def test_what_to_do_is_remembered_until_the_service_takes_what_is_sent(
    tmp_path: Path, cloud: FakeCloud, identity: AgentIdentity
) -> None:
    words = "`attendance-edge enroll --code CODE`"
    with EmulatedTerminal(records=3) as terminal:
        write_config(tmp_path, cloud.url, {"gate": terminal.port})
        cloud.faults.extend([saying(401)] * 4)
        assert words in told(tmp_path, "poll").stdout
        assert words in told(tmp_path, "status").stdout
        cloud.faults.clear()
        assert told(tmp_path, "poll").returncode == OK
        assert words not in told(tmp_path, "status").stdout
    assert len(cloud.stored) == 3


def test_an_environment_that_names_no_proxy(
    tmp_path: Path, identity: AgentIdentity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "ftp://proxy.example")
    write_config(tmp_path, "http://attendance.example", {"dead": 1})
    for command in ("poll", "doctor"):
        done = told(tmp_path, command)
        assert done.returncode == CLOUD
        assert "Look at the variables HTTP_PROXY, HTTPS_PROXY" in done.stdout


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({"close_on_connect": True}, "end other programs that talk with it"),
        ({"hang_on": (1503,)}, "deadline_seconds"),
        ({"drop_after_bytes": 600}, "look at cable and network"),
        ({"serial_number": "STRANGER"}, "an entry with an id of its own"),
        ({"refuse_on": (1503, 13)}, "report its model and firmware"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_to_do_about_a_terminal(tmp_path: Path, faults: dict[str, Any], words: str) -> None:
    with EmulatedTerminal(records=200) as terminal:
        path = write_config(tmp_path, NOWHERE, {"gate": terminal.port}, deadline_seconds=1)
        path.write_text(path.read_text() + '\nserial_number = "EMU0000001"')
        terminal.set_faults(**faults)
        told(tmp_path, "poll")
        assert words in told(tmp_path, "status").stdout
        assert words in told(tmp_path, "doctor").stdout


def test_a_terminal_that_is_off_and_one_with_another_comm_key(tmp_path: Path) -> None:
    with EmulatedTerminal(comm_key=7) as locked:
        write_config(tmp_path, NOWHERE, {"off": 1, "locked": locked.port})
        told(tmp_path, "poll")
        for command in ("status", "doctor"):
            said = told(tmp_path, command).stdout
            assert "`attendance-edge discover` lists the terminals of a network" in said
            assert "Write the number from the terminal's menu" in said


@pytest.mark.parametrize(
    "command", [["poll"], ["run"], ["doctor"], ["enroll", "--code", "x"], ["set-clock", "gate"]]
)
def test_a_state_folder_that_is_none(tmp_path: Path, command: list[str]) -> None:
    write_config(tmp_path, NOWHERE, {"gate": 1})
    (tmp_path / "state").write_text("a file")
    done = told(tmp_path, *command)
    assert done.returncode == CONFIGURATION
    assert f"{tmp_path / 'state'} is no folder" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="a folder without files is Linux's own")
def test_a_code_is_not_spent_where_the_key_cannot_be_kept(tmp_path: Path, cloud: FakeCloud) -> None:
    cloud.codes["c" * 32] = "acme_a1"
    write_config(tmp_path, cloud.url, {"gate": 1}, state_dir='"/proc/self/fdinfo"')
    done = told(tmp_path, "enroll", "--code", "c" * 32)
    assert done.returncode == CONFIGURATION
    assert "The state folder cannot be used" in done.stdout
    assert cloud.codes


def test_a_key_that_is_damaged(tmp_path: Path, identity: AgentIdentity) -> None:
    write_config(tmp_path, NOWHERE, {"dead": 1})
    (tmp_path / "state" / "agent.key").write_bytes(b"rubbish")
    done = told(tmp_path, "doctor")
    assert done.returncode == CONFIGURATION
    assert "Ask a tenantAdmin for a new code, then enrol again" in done.stdout


def test_a_certificate_that_is_none_is_refused_before_anything_runs(tmp_path: Path) -> None:
    path = write_config(tmp_path, NOWHERE, {"gate": 1}, listen="0.0.0.0:5000")
    (tmp_path / "cert.pem").write_text("rubbish")
    tls = 'tls_cert = "cert.pem"\ntls_key = "cert.pem"\ntoken = "t"\n[[device]]'
    path.write_text(path.read_text().replace("[[device]]", tls))
    done = told(tmp_path, "run")
    assert done.returncode == CONFIGURATION
    assert "api.tls_cert: expected a certificate in PEM" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["enroll", "--code", "x", "--url", "nowhere"], "--url: expected an address"),
        (["enroll", "--code", " "], "--code: expected the code"),
        (["discover", "--cidr", "127.0.0.1/32", "--port", "0"], "--port"),
        (["discover", "--cidr", "127.0.0.1/32", "--comm-key", "1000000"], "--comm-key"),
        (["simulate", "--terminals", "2", "--first-port", "65535"], "go beyond 65535"),
        (["import", "none.dat"], "none.dat: No such file"),
        (["import", "."], "Is a directory"),
        (["import", "long.csv"], "long.csv: line 2: field larger than"),
        (["status", "--config", "."], "cannot be read"),
    ],
)
def test_a_command_line_that_leads_nowhere(tmp_path: Path, words: list[str], said: str) -> None:
    write_config(tmp_path, NOWHERE, {"gate": 1})
    (tmp_path / "long.csv").write_text(
        f"user_id,timestamp,status,punch\n{'5' * 200_000},2026-03-06 09:00:00,1,0\n"
    )
    done = told(tmp_path, *words)
    assert done.returncode == CONFIGURATION
    assert said in done.stdout


def test_init_names_a_folder_that_is_missing(tmp_path: Path) -> None:
    words = ("init", "--url", NOWHERE, "--device", "a=1.2.3.4", "--timezone", "UTC")
    done = told(tmp_path, *words, "--config", "none/edge.toml")
    assert done.returncode == CONFIGURATION
    assert f"there is no folder {tmp_path / 'none'}" in done.stdout


def test_the_version_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "--version").stdout[0].isdigit()

"""What docs/edge-agent.md tells people to type does what it says."""

from __future__ import annotations

import getpass
import json
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from typer.main import get_command

from attendance_edge.cli.main import app
from attendance_edge.config import load_config
from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.sites import write_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.edge.agent.fake_cloud import FakeCloud

REPOSITORY = Path(__file__).resolve().parents[3]
GUIDE = (REPOSITORY / "docs" / "edge-agent.md").read_text()
SIMULATOR = (REPOSITORY / "docs" / "simulator.md").read_text()
README = (REPOSITORY / "edge_agent" / "README.md").read_text()
AGENT = get_command(app)
COMMANDS = AGENT.commands
FENCED = [
    line.strip().removeprefix("attendance-edge ")
    for line in re.findall(r"^ *attendance-edge .+$", GUIDE + SIMULATOR + README, re.MULTILINE)
]
NOT_ENROLLED = 3


@pytest.mark.parametrize("line", FENCED)
def test_every_documented_command_and_flag_exists(line: str) -> None:
    name, *words = shlex.split(line)
    command = AGENT if name.startswith("-") else COMMANDS[name]
    known = {flag for parameter in command.params for flag in parameter.opts}

    assert {word for word in (name, *words) if word.startswith("--")} <= known


def test_the_table_of_commands_names_each_one() -> None:
    table = GUIDE.split("## Commands")[1].split("| exit code")[0]

    assert set(re.findall(r"^\| `([a-z-]+)", table, re.MULTILINE)) == set(COMMANDS)


def test_every_command_has_a_help_and_takes_config_and_json() -> None:
    for name, command in COMMANDS.items():
        flags = {flag for parameter in command.params for flag in parameter.opts}
        assert command.help, name
        assert {"--config", "--json"} <= flags, name


def test_the_keys_of_the_guide_are_those_of_the_configuration(tmp_path: Path) -> None:
    table = GUIDE.split("## `edge.toml`")[1].split("## Commands")[0]
    keys = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    named = {word for row in keys for word in re.findall(r"(\w+)`", row)}
    path = tmp_path / "edge.toml"
    every = "\n".join(f"{key} = []" for key in sorted(named))
    path.write_text(f"[cloud]\n{every}\n[agent]\n{every}\n[api]\n{every}\n[[device]]\n{every}\n")

    with pytest.raises(Exception, match="is not known here") as refused:
        load_config(path)
    known = set()
    for listed in re.findall(r"expected one of (.+)$", str(refused.value), re.MULTILINE):
        known |= set(listed.split(", "))

    assert named == known


@pytest.fixture
def simulated() -> Iterator[list[int]]:
    """The guide's own `simulate`, on free ports; gives those of the terminals."""
    line = next(line for line in FENCED if line.startswith("simulate"))
    arguments = [*shlex.split(line), "--first-port", "0", "--control-port", "0", "--json"]
    with subprocess.Popen(
        [sys.executable, "-m", "attendance_edge", *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            yield [one["port"] for one in told["terminals"]]
        finally:
            process.terminate()


def test_the_try_out_of_the_guide_works_as_told(simulated: list[int], tmp_path: Path) -> None:
    section = GUIDE.split("In a second window")[1].split("## Set up a site")[0]
    lines = re.findall(r"^attendance-edge (.+)$", section, re.MULTILINE)

    ended = [run(line, simulated, tmp_path) for line in lines]

    assert [(line.split()[0], one.returncode) for line, one in zip(lines, ended, strict=True)] == [
        ("init", 0),
        ("poll", NOT_ENROLLED),
        ("status", 0),
    ]
    assert "not enrolled" in ended[1].stdout
    assert "200 waiting" in ended[2].stdout
    site_setup(simulated, tmp_path)


def site_setup(simulated: list[int], folder: Path) -> None:
    found = run(f"discover --cidr 127.0.0.1/32 --port {simulated[0]}", simulated, folder)
    checked = run("doctor", simulated, folder)
    unit = run("install-service --show", simulated, folder)

    assert "EMU0000001" in found.stdout
    assert checked.returncode == NOT_ENROLLED
    assert "terminal gate: EMU" in checked.stdout
    assert "attendance_edge" in unit.stdout
    assert str(folder / "edge.toml") in unit.stdout


def test_a_site_is_set_up_by_the_guides_commands_in_their_order(
    cloud: FakeCloud, tmp_path: Path
) -> None:
    section = GUIDE.split("## Set up a site")[1].split("## `edge.toml`")[0]
    fenced = re.findall(r"^ +```sh$(.+?)^ +```$", section, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in fenced for line in block.strip().splitlines()]
    cloud.codes["CODE"] = "acme_site1"
    with EmulatedTerminal(records=3, timezone="America/Mexico_City") as terminal:
        for documented, present in (
            ("https://attendance.example", cloud.url),
            ("192.168.1.201", f"127.0.0.1:{terminal.port}"),
            ("127.0.0.1/32", f"127.0.0.1/32 --port {terminal.port}"),
        ):
            lines = [line.replace(documented, present) for line in lines]
        told = {}
        for line in lines:
            done = run(line.removeprefix("attendance-edge "), [4370, 4371], tmp_path)
            assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
            told[line.split()[1]] = done.stdout

    assert list(told) == [
        "discover", "init", "enroll", "poll", "status", "doctor", "install-service",
    ]  # fmt: skip
    assert len(cloud.stored) == 3
    assert "0 waiting" in told["status"]
    assert "->" not in told["doctor"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    write_config(tmp_path, "http://127.0.0.1:9", {"gate": 1})
    words = f"install-service --folder {tmp_path} --user {getpass.getuser()}"
    assert run(words, [4370, 4371], tmp_path).returncode == 0

    unit = tmp_path / "attendance-edge.service"
    said = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )

    assert unit.name not in said.stdout + said.stderr
    broken = tmp_path / "broken.service"
    broken.write_text(unit.read_text().replace("Restart=always", "Restart=perhaps"))
    said = subprocess.run(
        ["systemd-analyze", "verify", str(broken)], capture_output=True, text=True, check=False
    )
    assert "perhaps" in said.stdout + said.stderr, "it would have told"


def test_one_installation_brings_the_agent_and_all_it_needs_of_ours(tmp_path: Path) -> None:
    words = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    pip = [sys.executable, "-m", "pip", "install", *words, "--target", str(tmp_path)]
    subprocess.run([*pip, str(REPOSITORY / "edge_agent")], check=True, timeout=60)

    program = (
        "import attendance_edge.checkup as a, attendance_wire as w; print(a.__file__, w.__file__)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert all(path.startswith(str(tmp_path)) for path in told.stdout.split())
    assert (tmp_path / "bin" / "attendance-edge").exists()


def test_the_wrapped_service_of_windows_runs_the_agent() -> None:
    text = GUIDE.split("```xml")[1].split("```")[0]
    service = ElementTree.fromstring(textwrap.dedent(text))
    name, *words = shlex.split(str(service.findtext("arguments")).replace("\\", "/"))
    known = {flag for parameter in COMMANDS[name].params for flag in parameter.opts}

    assert str(service.findtext("executable")).endswith("attendance-edge.exe")
    assert {word for word in words if word.startswith("--")} <= known


def run(line: str, ports: list[int], folder: Path) -> subprocess.CompletedProcess[str]:
    for documented, port in zip(("4370", "4371"), ports, strict=True):
        line = line.replace(f"127.0.0.1:{documented}", f"127.0.0.1:{port}")
    return subprocess.run(
        [sys.executable, "-m", "attendance_edge", *shlex.split(line)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

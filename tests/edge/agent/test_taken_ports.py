"""A port that another program holds is named, and nothing keeps running."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from attendance_edge.outbox import Outbox
from tests.edge.agent.sites import write_config
from tests.edge.agent.test_commands import CONFIGURATION, run
from tests.engine import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def taken() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        yield f"127.0.0.1:{holder.getsockname()[1]}"


def test_run_names_the_port_of_its_api(tmp_path: Path, taken: str) -> None:
    write_config(tmp_path, "http://127.0.0.1:9", {"gate": 1}, listen=taken)
    done = run(tmp_path, "run")
    assert done.returncode == CONFIGURATION
    assert f"[api] listen: {taken} cannot be had" in done.stderr
    with Outbox(tmp_path / "state"):
        assert done.stdout == ""


def test_run_names_the_port_of_its_push_listener_and_lets_the_api_port_go(
    tmp_path: Path, taken: str
) -> None:
    port = free_port()
    config = write_config(tmp_path, "http://127.0.0.1:9", {"gate": 1}, listen=f"127.0.0.1:{port}")
    config.write_text(f'{config.read_text()}\n[push]\nlisten = "{taken}"\n')
    done = run(tmp_path, "run")
    assert done.returncode == CONFIGURATION
    assert f"[push] listen: {taken} cannot be had" in done.stderr
    with socket.create_server(("127.0.0.1", port)) as free:
        assert free.getsockname()[1] == port


@pytest.mark.parametrize("option", ["--first-port", "--control-port"])
def test_simulate_names_the_port_and_how_to_choose_another(
    tmp_path: Path, taken: str, option: str
) -> None:
    ports = {"--first-port": "0", "--control-port": "0", option: taken.split(":")[1]}
    words = [word for pair in ports.items() for word in pair]
    done = run(tmp_path, "simulate", *words)
    assert done.returncode == CONFIGURATION
    assert f"Port {taken.split(':')[1]} on 127.0.0.1 cannot be had" in done.stderr
    assert option in done.stderr
    told = json.loads(run(tmp_path, "simulate", *words, "--json").stdout)
    assert option in told["error"]

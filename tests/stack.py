"""A local stack of the tests' own: real template, real functions, ports and data apart."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.folder import REPOSITORY
from local.ports import free_ports


def launch(command: str, environment: dict[str, str]) -> str:
    """Run the launcher as `make` does; fail with what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "local", command],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment_of_its_own(folder: Path, *, demo: bool) -> dict[str, str]:
    """What makes the launcher work in `folder`, beside a developer's own stack."""
    port, edge_port, engine_port = free_ports(3)
    return {
        "LOCAL_DIR": str(folder),
        "PORT": str(port),
        "EDGE_PORT": str(edge_port),
        "ENGINE_PORT": str(engine_port),
        "ENFORCE_IAM": "1",
        "DEMO": "1" if demo else "0",
    }


@pytest.fixture(scope="session")
def stack_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the stack that all tests share."""
    return environment_of_its_own(tmp_path_factory.mktemp("stack"), demo=False)


@pytest.fixture(scope="session")
def stack(stack_environment: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The parsed `stack.json` of a running stack without a demo company."""
    folder = Path(stack_environment["LOCAL_DIR"])
    try:
        launch("up", stack_environment)
        yield json.loads((folder / "stack.json").read_text())
    finally:
        launch("down", stack_environment)

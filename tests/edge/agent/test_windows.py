"""On Windows no path of the agent touches what only POSIX has."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from attendance_edge.simulator import EmulatedTerminal
from tests.edge.agent.sites import write_config

if TYPE_CHECKING:
    from attendance_edge.uplink import AgentIdentity
    from tests.edge.agent.fake_cloud import FakeCloud

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this is Windows")
REPOSITORY = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "tests.edge.agent.as_windows"]
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def environment(**more: str) -> dict[str, str]:
    paths = [str(REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


def windows(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=environment(**environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_runs_alone_on_its_folder_and_hands_over_until_ctrl_c(
    tmp_path: Path, cloud: FakeCloud, identity: AgentIdentity
) -> None:
    with EmulatedTerminal(records=5) as terminal:
        write_config(tmp_path, cloud.url, {"gate": terminal.port})
        with subprocess.Popen(
            [*COMMAND, "run"],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as agent:
            try:
                for _ in range(1200):
                    if cloud.watermarks() or agent.poll() is not None:
                        break
                    time.sleep(0.05)
                second = windows(tmp_path, "poll")
                agent.send_signal(signal.SIGINT)
                said, _ = agent.communicate(timeout=60)
            finally:
                agent.kill()
    assert second.returncode == 3
    assert "Another attendance-edge works in" in second.stderr
    assert agent.returncode == 0, said
    assert "stopped" in said
    assert "Traceback" not in said
    assert len(cloud.stored) == 5


def test_its_task_starts_with_the_machine_and_has_no_end(tmp_path: Path) -> None:
    config = write_config(tmp_path, "http://127.0.0.1:9", {"gate": 1})
    programs = tmp_path / "programs"
    programs.mkdir()
    schtasks = programs / "schtasks"
    schtasks.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$ASKED"\n')
    schtasks.chmod(0o755)
    asked, path = tmp_path / "asked", f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = windows(tmp_path, "install-service", PATH=path, ASKED=str(asked))
    assert done.returncode == 0, done.stdout + done.stderr
    words = asked.read_text().splitlines()
    assert words[:5] == ["/Create", "/F", "/TN", "attendance-edge", "/XML"]
    task = ElementTree.fromstring(Path(words[5]).read_bytes())
    found = {part.tag.removeprefix(TASK): part.text for part in task.iter()}
    assert found["Command"] == sys.executable
    assert found["Arguments"] == f"-m attendance_edge run --config {config}"
    assert found["WorkingDirectory"] == str(tmp_path)
    assert found["ExecutionTimeLimit"] == "PT0S"
    assert "BootTrigger" in found

    schtasks.write_text('#!/bin/sh\necho "ERROR: Access is denied." >&2\nexit 1\n')
    done = windows(tmp_path, "install-service", PATH=path)
    assert done.returncode == 3
    assert "as administrator: ERROR: Access is denied." in done.stderr

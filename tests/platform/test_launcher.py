import json
import marshal
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local.artifacts import add_bytecode
from local.choices import Choices
from local.engine_state import forget_stream_positions
from local.errors import LaunchError
from local.folder import REPOSITORY, Folder
from local.ports import free_ports, require_free
from local.processes import LONGEST_LOG, Process
from local.sources import DEPLOYED, fingerprint
from local.stack_file import write_private


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "stack")
    made.make()
    return made


def test_the_ports_are_the_documented_ones_unless_chosen() -> None:
    default = Choices.from_environment({})
    chosen = Choices.from_environment(
        {"PORT": "1", "EDGE_PORT": "2", "ENGINE_PORT": "3", "DEMO": "0"}
    )

    assert (default.base_url, default.edge_url, default.engine_url, default.demo) == (
        "http://localhost:3002",
        "http://127.0.0.1:5000",
        "http://127.0.0.1:4566",
        True,
    )
    assert (chosen.port, chosen.edge_port, chosen.engine_port, chosen.demo) == (1, 2, 3, False)


@pytest.mark.parametrize("wrong", ["x", "0", "65536", "-1", "3.5"])
def test_a_wrong_port_is_named(wrong: str) -> None:
    with pytest.raises(LaunchError, match=f"EDGE_PORT={wrong} "):
        Choices.from_environment({"EDGE_PORT": wrong})


def test_each_part_needs_a_port_of_its_own() -> None:
    with pytest.raises(LaunchError, match="PORT=7, ENGINE_PORT=8, EDGE_PORT=7"):
        Choices.from_environment({"PORT": "7", "ENGINE_PORT": "8", "EDGE_PORT": "7"})
    without_demo = {"PORT": "5000", "DEMO": "0"}
    assert Choices.from_environment(without_demo).port == 5000


def test_a_switch_is_on_or_off() -> None:
    with pytest.raises(LaunchError, match="DEMO=maybe is neither 0 nor 1"):
        Choices.from_environment({"DEMO": "maybe"})


def test_a_taken_port_is_named_with_the_variable_that_moves_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=rf"port {port} for the engine .* ENGINE_PORT="):
            require_free(port, variable="ENGINE_PORT", wanted_by="the engine")
    require_free(port, variable="ENGINE_PORT", wanted_by="the engine")


@pytest.mark.parametrize("variable", ["PORT", "EDGE_PORT", "ENGINE_PORT"])
def test_make_up_fails_in_one_sentence_when_a_port_is_taken(tmp_path: Path, variable: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = dict(zip(("PORT", "EDGE_PORT", "ENGINE_PORT"), map(str, free_ports(3)), strict=True))
        chosen = free | {"LOCAL_DIR": str(tmp_path), "DEMO": "1"}
        chosen[variable] = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "local", "up"],
            cwd=REPOSITORY,
            env=os.environ | chosen,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    told = " ".join(done.stdout.split())
    assert told.startswith(f"port {chosen[variable]} ")
    assert f"make up {variable}=" in told
    assert "Traceback" not in done.stdout + done.stderr


def test_a_process_runs_detached_until_it_is_told_to_stop(folder: Folder) -> None:
    process = Process(folder, "sleeper")
    process.start(
        [sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)"], os.environ
    )
    process.wait_ready(lambda: "" if "up" in process.last_lines() else "silent", seconds=10)

    running = process.running()
    assert running is not None
    assert os.getsid(running.pid) == running.pid
    process.stop(seconds=10)

    assert process.running() is None
    assert not process.died()


def test_a_process_that_died_is_told_from_one_that_was_stopped(folder: Folder) -> None:
    process = Process(folder, "faller")
    process.start([sys.executable, "-c", "raise SystemExit('out of luck')"], os.environ)
    deadline = time.monotonic() + 10
    while process.running() is not None and time.monotonic() < deadline:
        time.sleep(0.02)

    assert process.died()
    with pytest.raises(LaunchError, match="faller has stopped:\nout of luck"):
        process.wait_ready(lambda: "silent", seconds=1)


def test_a_process_that_never_gets_ready_says_why(folder: Folder) -> None:
    process = Process(folder, "dreamer")
    process.start([sys.executable, "-c", "import time; time.sleep(60)"], os.environ)

    with pytest.raises(LaunchError, match="dreamer is not ready after 0 s: still asleep"):
        process.wait_ready(lambda: "still asleep", seconds=0.1)
    process.stop(seconds=10)


def test_a_long_log_is_put_aside_at_the_next_start(folder: Folder) -> None:
    process = Process(folder, "talker")
    process.log.write_text("x" * (LONGEST_LOG + 1))

    process.start([sys.executable, "-c", "print('anew')"], os.environ)
    process.stop(seconds=10)

    assert process.log.stat().st_size < 100
    assert process.log.with_suffix(".log.1").stat().st_size == LONGEST_LOG + 1


def test_a_process_id_used_again_is_not_taken_for_ours(folder: Folder) -> None:
    (folder.processes / "other.json").write_text(json.dumps({"pid": os.getpid(), "started": 1.0}))

    assert Process(folder, "other").running() is None


def test_a_process_that_ignores_term_is_reported(folder: Folder) -> None:
    process = Process(folder, "deaf")
    script = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); "
        "print('up', flush=True); time.sleep(60)"
    )
    process.start([sys.executable, "-c", script], os.environ)
    process.wait_ready(lambda: "" if "up" in process.last_lines() else "silent", seconds=10)
    running = process.running()
    assert running is not None

    with pytest.raises(LaunchError, match="deaf still runs"):
        process.stop(seconds=0.2)
    running.kill()
    running.wait(10)


def test_everything_a_stack_keeps_is_for_its_owner_only(folder: Folder) -> None:
    write_private(folder.stack_file, {"superAdmin": {"password": "p"}})

    assert stat.S_IMODE(folder.stack_file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(p.stat().st_mode) for p in (folder.root, folder.state, folder.logs)} == {
        0o700
    }


def test_stream_positions_of_an_engine_that_stopped_are_forgotten(folder: Folder) -> None:
    saved = folder.state / "lambda.json"
    positions = {"__account_region_scoped__": True, "data": {"a": 20}}
    saved.write_text(json.dumps({"payload": {"dynamodb_stream_positions": positions, "x": 1}}))

    forget_stream_positions(folder)

    assert json.loads(saved.read_text())["payload"] == {
        "dynamodb_stream_positions": {"__account_region_scoped__": True, "data": {}},
        "x": 1,
    }


def test_the_fingerprint_changes_with_any_deployed_file_and_no_other(tmp_path: Path) -> None:
    for name in (
        "template.yaml",
        "samconfig.toml",
        "functions/a/app.py",
        "layers/wire/w.py",
        "layers/attendance/a.py",
        "README.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    before = fingerprint(DEPLOYED, tmp_path)

    (tmp_path / "README.md").write_text("after")
    (tmp_path / "functions/a/__pycache__").mkdir()
    (tmp_path / "functions/a/__pycache__/app.pyc").write_text("after")
    assert fingerprint(DEPLOYED, tmp_path) == before

    (tmp_path / "functions/a/app.py").write_text("after")
    assert fingerprint(DEPLOYED, tmp_path) != before


def test_every_built_source_gets_bytecode_that_needs_no_check_of_times(tmp_path: Path) -> None:
    built = tmp_path / "Function"
    shutil.copytree(REPOSITORY / "layers" / "wire" / "attendance_wire", built / "attendance_wire")

    assert add_bytecode(tmp_path)

    sources = list(built.rglob("*.py"))
    compiled = list(built.rglob("*.pyc"))
    assert len(compiled) == len(sources) > 0
    for path in compiled:
        content = path.read_bytes()
        assert int.from_bytes(content[4:8], "little") == 0b01
        assert not marshal.loads(content[16:]).co_filename.startswith("/")

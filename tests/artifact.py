"""What is uploaded to AWS, made from the packages installed here, and programs run on it alone."""

import compileall
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from local.artifacts import DEPENDENCIES, finish
from local.folder import REPOSITORY
from local.slim import slim

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_OWN = {
    "AttendanceLayer/python/attendance": "layers/attendance/attendance",
    "WireLayer/python/attendance_wire": "layers/wire/attendance_wire",
    "Function": "functions",
}


def build_artifact(folder: Path) -> Path:
    """The folder as `make build` leaves it; wheels come from this environment instead of pip."""
    assert finish(_copy_all(folder))
    return folder


def compile_afresh(folder: Path) -> Path:
    """The same folder with every source beside the bytecode that this machine makes of it."""
    slim(_copy_all(folder) / DEPENDENCIES)
    assert compileall.compile_dir(folder, quiet=1)
    return folder


def unpack_as_lambda(artifact: Path, folder: Path) -> dict[str, str]:
    """The environment of a function whose layers lie in one folder, as Lambda unpacks them."""
    for layer in artifact.glob("*Layer/python"):
        shutil.copytree(layer, folder / "opt", dirs_exist_ok=True)
    shutil.copytree(artifact / "Function", folder / "task")
    path = os.pathsep.join((str(folder / "task"), str(folder / "opt")))
    return {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def _copy_all(folder: Path) -> Path:
    pinned = (REPOSITORY / "layers" / "dependencies" / "requirements.txt").read_text()
    for name in _PINNED.findall(pinned):
        _copy_package(name, folder / DEPENDENCIES)
    unwanted = shutil.ignore_patterns("__pycache__")
    for target, source in _OWN.items():
        shutil.copytree(REPOSITORY / source, folder / target, ignore=unwanted)
    return folder


def run_on_artifact(
    artifact: Path, code: str, *, stdin: str = "", environment: dict[str, str] | None = None
) -> str:
    """What `code` prints on a Python that has the artifact and the standard library."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        input=stdin,
        env=artifact_environment(artifact) | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def artifact_environment(artifact: Path) -> dict[str, str]:
    """A function's environment: its own code before the layers, as Lambda orders them."""
    folders = [artifact / "Function", *sorted(artifact.glob("*Layer/python"))]
    path = os.pathsep.join(str(folder) for folder in folders)
    return {"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def size_of(folder: Path) -> int:
    """Bytes of all files, as Lambda counts an unzipped layer."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _copy_package(name: str, target: Path) -> None:
    for entry in distribution(name).files or ():
        if ".." in entry.parts or entry.suffix == ".pyc":
            continue
        (target / entry).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(entry.locate()), target / entry)

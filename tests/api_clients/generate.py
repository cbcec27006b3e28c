"""A client made by openapi-python-client from what a running service tells of itself."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

PACKAGE = "attendance_client"
CONFIGURATION = Path(__file__).with_name("openapi-python-client.yaml")


def generate(document_url: str, folder: Path) -> Path:
    """The package's folder; a warning of the generator is a failure."""
    made = folder / PACKAGE
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    command += ["--meta", "none", "--config", str(CONFIGURATION)]
    command += ["--url", document_url, "--output-path", str(made)]
    done = subprocess.run(
        command,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed
    assert "arning" not in printed, printed
    return made


def imported(folder: Path) -> ModuleType:
    """The package, which lies outside of every import path."""
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)
    return module

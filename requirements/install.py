"""Makes .venv: every pinned package, checked by its hash, and this repository's own three.

Runs with the machine's Python and nothing but the standard library; pip follows the machine's own
configuration. Bytecode is left to the first import, which halves the time.
"""

import subprocess
import sys
import time
import venv
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
LOCK = REPOSITORY / "requirements" / "dev.txt"
OWN = ("layers/wire", "layers/attendance", "edge_agent")


def main() -> int:
    """0 when .venv holds exactly what the lock file names."""
    started = time.monotonic()
    if not _usable():
        print(f"... Making .venv with Python {sys.version.split()[0]}", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    print("... Installing the pinned packages", flush=True)
    done = (
        _pip("-r", str(REPOSITORY / "requirements" / "pip.txt"), "--require-hashes")
        and _pip("-r", str(LOCK), "--require-hashes", count=LOCK.read_text().count("=="))
        and _pip("--no-build-isolation", *_editable())
    )
    if done:
        print(f"ok  .venv is complete ({time.monotonic() - started:.0f} s)")
    return not done


def _usable() -> bool:
    python = VENV / "bin" / "python"
    return python.exists() and not subprocess.run([python, "-c", ""], check=False).returncode


def _editable() -> Iterable[str]:
    for folder in OWN:
        yield from ("--editable", str(REPOSITORY / folder))


def _pip(*options: str, count: int = 0) -> bool:
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--no-deps", "--no-compile"]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        printed = list(_watched(pip.stdout or (), count))
    if pip.returncode:
        print("".join(printed[-20:]), f"pip failed: {' '.join(options)}", sep="\n")
    return pip.returncode == 0


def _watched(lines: Iterable[str], count: int) -> Iterable[str]:
    seen = 0
    for line in lines:
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied")):
            seen += 1
            if seen % 30 == 0:
                print(f"    {seen} of {count}", flush=True)
        if line.startswith("Installing collected packages") and count:
            print("    unpacking", flush=True)
        yield line


if __name__ == "__main__":
    sys.exit(main())

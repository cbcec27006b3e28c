"""Background processes with a log file and a file that holds their id."""

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from local.errors import LaunchError
from local.folder import Folder
from local.progress import say

LONGEST_LOG = 10_000_000
"""Bytes; a longer one is put aside at the next start, and replaces the one before."""


@dataclass(frozen=True)
class Process:
    """One named background process of a stack; the name is also its log's."""

    folder: Folder
    name: str

    def running(self) -> psutil.Process | None:
        """The live process, or None; a reused process id is not taken for it."""
        try:
            noted = json.loads(self._file.read_text())
            found = psutil.Process(noted["pid"])
            same = abs(found.create_time() - noted["started"]) < 1
        except (OSError, ValueError, KeyError, psutil.Error):
            return None
        return found if same and found.status() != psutil.STATUS_ZOMBIE else None

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it in a session of its own, its output appended to its log.

        It gets this process's working directory and umask, and outlives it.
        """
        program = shutil.which(command[0], path=environment.get("PATH"))
        if program is None:
            raise LaunchError(f"{command[0]} is not installed: make .venv/complete")
        self._put_long_log_aside()
        write = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        pid = os.posix_spawn(
            program,
            list(command),
            dict(environment),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self.log), write, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )
        started = psutil.Process(pid).create_time()
        self._file.write_text(json.dumps({"pid": pid, "started": started}))

    def wait_ready(self, why_not: Callable[[], str], *, seconds: float) -> None:
        """Return once `why_not()` is empty; LaunchError with the reason if it dies or is late."""
        deadline = time.monotonic() + seconds
        while reason := why_not():
            if self.running() is None:
                raise LaunchError(f"{self.name} has stopped:\n{self.last_lines()}")
            if time.monotonic() > deadline:
                raise LaunchError(f"{self.name} is not ready after {seconds:.0f} s: {reason}")
            time.sleep(0.05)

    def stop(self, *, seconds: float) -> None:
        """Send TERM and wait; raises LaunchError if it still runs after `seconds`."""
        live = self.running()
        if live is not None:
            live.terminate()
            try:
                live.wait(seconds)
            except psutil.TimeoutExpired as late:
                raise LaunchError(f"{self.name} still runs {seconds:.0f} s after TERM") from late
        self._file.unlink(missing_ok=True)

    def died(self) -> bool:
        """It was started, was never stopped, and runs no more."""
        return self._file.exists() and self.running() is None

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])
        except OSError:
            return "(no log)"

    def _put_long_log_aside(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    @property
    def log(self) -> Path:
        """Everything it printed, over all its runs."""
        return self.folder.logs / f"{self.name}.log"

    @property
    def _file(self) -> Path:
        return self.folder.processes / f"{self.name}.json"


def tell_death(process: Process) -> None:
    """Say that it stopped by itself, if it did, with the end of its log."""
    if process.died():
        say(f"The {process.name} had stopped by itself; the end of {process.log}:")
        say(process.last_lines())

"""`attendance-edge` where everything that only POSIX has is gone: `python -m … poll`.

What Windows has instead is played by what is here: its locks by flock, its event loop by ours.
"""

from __future__ import annotations

import asyncio
import fcntl
import importlib
import os
import pkgutil
import signal
import socket
import sys
from types import ModuleType
from typing import Any

OURS = "attendance_edge"
THEIRS = (
    "uvicorn.lifespan.off", "uvicorn.loops.auto", "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
)  # fmt: skip
POSIX_MODULES = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
POSIX_NAMES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (os, ("chown", "fchmod", "fchown", "fork", "geteuid", "getgid", "getuid", "killpg", "mkfifo",
          "nice", "setsid", "sync", "uname")),
    (signal, ("SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "alarm", "pthread_sigmask",
              "setitimer", "sigwait")),
    (socket, ("AF_UNIX",)),
)  # fmt: skip


def import_all() -> None:
    """Every module of the agent, and with it whatever it needs."""
    package = importlib.import_module(OURS)
    for found in pkgutil.walk_packages(package.__path__, f"{OURS}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def become_windows() -> None:
    """The libraries stay as they are; ours are imported anew."""
    import_all()
    for name in THEIRS:
        importlib.import_module(name)
    for name in [name for name in sys.modules if name.partition(".")[0] == OURS]:
        del sys.modules[name]
    asyncio.ProactorEventLoop = asyncio.SelectorEventLoop
    locks: Any = ModuleType("msvcrt")
    flock, mode = fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB
    locks.LK_NBLCK, locks.locking = 2, lambda handle, _mode, _count: flock(handle, mode)
    sys.modules["msvcrt"] = locks
    for name in POSIX_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in POSIX_NAMES:
        for name in names:
            delattr(module, name)
    sys.platform = "win32"


if __name__ == "__main__":
    become_windows()
    import_all()
    importlib.import_module(f"{OURS}.cli").main()

"""One agent a state folder: a lock that the operating system takes back when its holder dies."""

import os
import sys
from pathlib import Path
from typing import IO, Self

from attendance_edge.outbox.errors import OutboxBusyError

FILE_NAME = "agent.lock"


class LockFile:
    """Held from construction to `close`; OutboxBusyError when another process holds it."""

    def __init__(self, state_dir: Path) -> None:
        self._file = (state_dir / FILE_NAME).open("a+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise OutboxBusyError(
                f"Another attendance-edge works in {state_dir}: stop it first, or give this one "
                "a state_dir of its own."
            ) from error
        self._file.truncate(0)
        self._file.write(str(os.getpid()).encode())
        self._file.flush()

    def close(self) -> None:
        """Let the next one in."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


if sys.platform == "win32":
    import msvcrt

    _BEYOND_THE_CONTENT = 1 << 20

    def _lock(file: IO[bytes]) -> None:
        file.seek(_BEYOND_THE_CONTENT)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

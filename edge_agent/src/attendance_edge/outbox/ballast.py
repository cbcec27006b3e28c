"""Space kept back: on a full disk even a DELETE needs room, and the outbox must drain."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

FILE_NAME = "ballast"
BALLAST_BYTES = 16 << 20
_BLOCK = bytes(1 << 20)


class Ballast:
    """A file of real bytes that is given up when the disk is full, and made again later."""

    def __init__(self, state_dir: Path, size: int = BALLAST_BYTES) -> None:
        self._path = state_dir / FILE_NAME
        self._size = size

    @property
    def is_whole(self) -> bool:
        """Whether the space is kept back now."""
        with suppress(FileNotFoundError):
            return self._path.stat().st_size == self._size
        return False

    @property
    def exists(self) -> bool:
        """Whether any space is kept back."""
        return self._path.exists()

    @property
    def has_room(self) -> bool:
        """Whether enough is free besides to take something new again."""
        return shutil.disk_usage(self._path.parent).free >= self._size // 4

    def fill(self) -> bool:
        """Keep the space back; False when the disk has not enough, and nothing is kept then."""
        if self.is_whole:
            return True
        try:
            with self._path.open("wb") as file:
                left = self._size
                while left:
                    left -= file.write(_BLOCK[:left])
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self._path.unlink(missing_ok=True)
            return False
        return True

    def free(self) -> bool:
        """Give the space up; False when there is none to give."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True

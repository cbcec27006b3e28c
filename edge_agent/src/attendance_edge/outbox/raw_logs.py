"""A terminal's log as it came over the wire, kept until its punches are stored."""

import os
import sys
import uuid
from pathlib import Path

FOLDER = "raw"
_HEAD_BYTES = 4
"""A log begins with its length; what follows only grows until somebody clears the log."""


class RawLogs:
    """Files `raw/<device>.<unique>.bin`, each on disk before `keep` returns."""

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def keep(self, device_id: str, raw: bytes) -> Path:
        """Write one log durably; OSError when it cannot be."""
        path = self._folder / f"{device_id}.{uuid.uuid4().hex}.bin"
        unfinished = path.with_suffix(".part")
        try:
            with unfinished.open("wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        unfinished.replace(path)
        _sync_folder(self._folder)
        self._drop_what_it_holds(device_id, raw, path)
        return path

    def count(self) -> int:
        """Logs that were never turned into punches."""
        return sum(1 for _ in self._folder.glob("*.bin"))

    def _drop_what_it_holds(self, device_id: str, raw: bytes, kept: Path) -> None:
        """Earlier ones that are a beginning of this one say nothing more."""
        for path in self._folder.glob(f"{device_id}.*.bin"):
            size = path.stat().st_size
            if path != kept and _HEAD_BYTES < size <= len(raw):
                content = path.read_bytes()
                if raw[_HEAD_BYTES:size] == content[_HEAD_BYTES:]:
                    path.unlink()


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

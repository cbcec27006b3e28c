"""One terminal's punches, sorted and packed: the whole logs of a fleet have to fit into memory."""

import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attendance_edge.config import DeviceConfig

LINES_A_BLOCK = 500
_FASTEST = 1


class Row(NamedTuple):
    """A punch as it is shown; `timestamp` is `YYYY-MM-DD HH:MM:SS`, the terminal's own time."""

    user_id: str
    timestamp: str
    status: int
    punch: int


class PackedRows:
    """Newest first, equal ones once; of one second by user id. About ten bytes a row."""

    def __init__(self, device: DeviceConfig, rows: Sequence[Row]) -> None:
        self.device = device
        lines = sorted(set(rows), key=_by_user)
        lines.sort(key=_by_time, reverse=True)
        self._count = len(lines)
        self._blocks = [
            _packed(lines[first : first + LINES_A_BLOCK])
            for first in range(0, self._count, LINES_A_BLOCK)
        ]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for block in self._blocks:
            for line in zlib.decompress(block).decode().split("\n"):
                user_id, timestamp, status, punch = line.split("\t")
                yield Row(user_id, timestamp, int(status), int(punch))


def _by_user(row: Row) -> tuple[str, int, int]:
    return row.user_id, row.status, row.punch


def _by_time(row: Row) -> str:
    return row.timestamp


def _packed(rows: Sequence[Row]) -> bytes:
    """A user id is printable, so it holds neither tabs nor line breaks."""
    lines = "\n".join("\t".join(map(str, row)) for row in rows)
    return zlib.compress(lines.encode(), _FASTEST)

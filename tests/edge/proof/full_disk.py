"""Fills the disk under an outbox and drains it again, as often as asked; prints what it saw.

The limit is one of the process on every file's size, which takes no rights to set; giving up the
ballast moves it by as much as the ballast held. A refused reading is made again later, as an
agent makes it.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from pathlib import Path

from attendance_edge.outbox import Outbox, OutboxFullError, PunchRow, StoredReading
from attendance_edge.outbox.ballast import Ballast

BALLAST_BYTES = 1 << 18
ROOM_BYTES = 60_000
ROWS = 200


class Disk:
    """What a file may grow to."""

    def __init__(self, state_dir: Path) -> None:
        self._state_dir = state_dir
        _, self._most = resource.getrlimit(resource.RLIMIT_FSIZE)
        self._limit = 0
        self.frees = 0
        give_up = Ballast.free

        def free(ballast: Ballast) -> bool:
            was_there = give_up(ballast)
            self.frees += was_there
            self._set(self._limit + BALLAST_BYTES * was_there)
            return was_there

        Ballast.free = free  # type: ignore[method-assign]

    def shrink(self, room_bytes: int = ROOM_BYTES) -> None:
        sizes = [path.stat().st_size for path in self._state_dir.glob("outbox*")]
        self._set(max([BALLAST_BYTES, *sizes]) + room_bytes)

    def grow(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._most, self._most))

    def _set(self, limit: int) -> None:
        self._limit = limit
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, self._most))


def main(state_dir: Path, cycles: int) -> None:
    disk = Disk(state_dir)
    made, handed_over, refusals = 0, [], 0
    with Outbox(state_dir, ballast_bytes=BALLAST_BYTES) as outbox:
        for _ in range(cycles):
            disk.shrink()
            with suppress(OutboxFullError):
                while True:
                    outbox.store(reading(made))
                    made += 1
            refusals += outbox.is_disk_full
            handed_over += _drain(outbox)
            disk.grow()
            outbox.recover_space()
            outbox.store(reading(made))
            made += 1
        handed_over += _drain(outbox)
    seen = {"refusals": refusals, "frees": disk.frees, "made": made * ROWS}
    print(json.dumps({**seen, "handed_over": handed_over}))


def reading(number: int) -> StoredReading:
    """The readings of one terminal; the same number is the same reading."""
    rows = tuple(PunchRow(str(number * ROWS + n), "2026-03-06 09:00:00", 1, 0) for n in range(ROWS))
    return StoredReading(device_id="gate", read_at="2026-03-06T15:00:00.000Z", punches=rows)


def _drain(outbox: Outbox) -> list[int]:
    gone: list[int] = []
    while queued := outbox.queued(1000):
        outbox.settle([one.seq for one in queued])
        gone += [int(one.row.user_id) for one in queued]
    return gone


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""Cuts the power under the real outbox again and again, and counts what it said and lost.

A crash image holds what was synced, and a random half of the 512-byte sectors written since. A
new file is there for certain once the folder was synced, which SQLite does with a journal's first
sync. A deletion counts at once: here only the empty database's first journal is deleted.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from attendance_edge.outbox import Outbox, OutboxError, PunchRow, StoredReading, opening
from tests.edge.proof.disk_recorder import DiskRecorder, Op

SECTOR = 512
READINGS, ROWS = 60, 5
JOURNAL_PAGES = 24
"""Few, so that the journal is folded in many times."""


@dataclass
class File:
    """One file: what is on the platter, and what is on its way."""

    synced: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)
    is_entered: bool = False

    def apply(self, op: Op, content: bytearray, keeps: random.Random | None) -> None:
        if op.kind == "truncate":
            if keeps is None or keeps.random() < 0.5:
                del content[op.at :]
            return
        for start in range(0, len(op.data), SECTOR):
            piece = op.data[start : start + SECTOR]
            if keeps is None or keeps.random() < 0.5:
                at = op.at + start
                content.extend(bytes(max(0, at + len(piece) - len(content))))
                content[at : at + len(piece)] = piece

    def sync(self) -> None:
        for op in self.pending:
            self.apply(op, self.synced, None)
        self.pending.clear()

    def image(self, dice: random.Random) -> bytes | None:
        if not self.is_entered and dice.random() < 0.5:
            return None
        content = bytearray(self.synced)
        for op in self.pending:
            self.apply(op, content, dice)
        return bytes(content)


class Disk:
    """Follows the operations up to a cut."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.said: dict[str, set[int]] = {"stored": set(), "settled": set(), "settling": set()}

    def follow(self, op: Op) -> None:
        if op.kind == "note":
            what, number = op.note
            self.said[what].add(number)
        elif op.kind == "delete":
            self.files.pop(op.file, None)
        elif op.kind == "sync":
            self.files.setdefault(op.file, File()).sync()
            if op.file.endswith("-wal"):
                for file in self.files.values():
                    file.is_entered = True
        else:
            self.files.setdefault(op.file, File()).pending.append(op)

    def cut(self, folder: Path, dice: random.Random) -> bool:
        """Whether an agent that starts on an image holds all it had said to hold."""
        for name, file in self.files.items():
            content = file.image(dice)
            if content is not None:
                (folder / name).write_bytes(content)
        with closing(opening.open_durable(folder)) as db:
            known = {row[0] for row in db.execute("SELECT identity FROM taken")}
            queued = {int(row[0]) for row in db.execute("SELECT user_id FROM queue")}
        stored = {n for reading in self.said["stored"] for n in numbers(reading)}
        kept = all(_row(n).identity("gate") in known for n in stored)
        waiting = stored - self.said["settling"] - self.said["settled"]
        return kept and waiting <= queued and not self.said["settled"] & queued


def numbers(reading: int) -> range:
    return range(reading * ROWS, (reading + 1) * ROWS)


def _row(number: int) -> PunchRow:
    return PunchRow(str(number), "2026-03-06 09:00:00", 1, 0)


def record(folder: Path) -> list[Op]:
    """An agent at work: it stores readings and settles what waits."""
    recorder = DiskRecorder()
    with Outbox(folder, ballast_bytes=4096) as outbox:
        for number in range(READINGS):
            rows = tuple(_row(n) for n in numbers(number))
            outbox.store(
                StoredReading(device_id="gate", read_at="2026-03-06T15:00:00.000Z", punches=rows)
            )
            recorder.note("stored", number)
            if number % 3 == 2:
                queued = outbox.queued(2 * ROWS)
                for one in queued:
                    recorder.note("settling", int(one.row.user_id))
                outbox.settle([one.seq for one in queued])
                for one in queued:
                    recorder.note("settled", int(one.row.user_id))
    return recorder.stop()


def _survives(disk: Disk, folder: Path, dice: random.Random) -> bool:
    try:
        return disk.cut(folder, dice)
    except OutboxError:
        return False


def main(images: int, synchronous: int, seed: int) -> None:
    """Print the numbers of images, of syncs, and of images that lost something."""
    opening.JOURNAL_PAGES = JOURNAL_PAGES
    opening.FULL = synchronous
    dice = random.Random(seed)
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory() as work:
        ops = record(Path(work))
    cuts = sorted(dice.choices(range(len(ops)), k=images))
    disk, lost = Disk(), 0
    for place, op in enumerate(ops):
        disk.follow(op)
        while cuts and cuts[0] == place:
            cuts.pop(0)
            with tempfile.TemporaryDirectory(dir=memory) as folder:
                lost += not _survives(disk, Path(folder), dice)
    syncs = sum(op.kind == "sync" for op in ops)
    print(json.dumps({"images": images, "operations": len(ops), "syncs": syncs, "lost": lost}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

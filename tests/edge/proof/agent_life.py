"""One life of the real agent in a process of its own, watched, and ended where it is told to end.

The command `attendance-edge run` itself, forked from a process that has its modules loaded. What
is watched calls through to the agent's own functions; nothing of the agent is replaced.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from attendance_edge.agent import terminal_reader
from attendance_edge.cli.main import main
from attendance_edge.outbox import Outbox, punch_tables
from attendance_edge.uplink import Cloud
from tests.edge.proof.board import Board
from tests.edge.proof.history import History, punch_of
from tests.edge.proof.ill_fate import make_gullible, turn_the_clock
from tests.edge.proof.sampling import sample

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from attendance_edge.outbox import PunchRow, StoredReading

ONCE_A_LIFE = "after opening the outbox"
FAILPOINTS = (
    ONCE_A_LIFE,
    "after marking a terminal",
    "before unmarking a terminal",
    "after unmarking a terminal",
    "before keeping raw bytes",
    "after keeping raw bytes",
    "inside the transaction that stores",
    "after storing punches",
    "before posting a batch",
    "after posting a batch",
    "inside the transaction that settles",
    "after settling a receipt",
)
WARM_SECONDS = 1.0
SAMPLE_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Life:
    """`failpoint` is passed `passes` times and kills the next time; "" leaves the agent alive.

    A gullible agent takes every failure to post for a receipt: the defect that shows that the
    proof would notice.
    """

    number: int
    folder: Path
    failpoint: str = ""
    passes: int = 0
    clock_hours: float = 0.0
    is_gullible: bool = False

    @property
    def part(self) -> Path:
        """Its part of the history."""
        return self.folder / f"life-{self.number}.jsonl"


def live(life: Life) -> None:
    """Until a signal ends it."""
    with (life.folder / "agent.log").open("ab") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    if life.clock_hours:
        turn_the_clock(timedelta(hours=life.clock_hours))
    if life.is_gullible:
        make_gullible()
    watch = _Watch(life)
    watch.everything()
    watch.history.add(watch.name, "info", "start", {"clock_hours": life.clock_hours})
    main(["run", "--config", str(life.folder / "edge.toml")])


class _Watch:
    def __init__(self, life: Life) -> None:
        self.name = f"agent {life.number}"
        self.history = History(life.part)
        self.board = Board(life.folder / "board")
        self._life = life
        self._passes_left = life.passes
        self._lock = threading.Lock()

    def everything(self) -> None:
        self.board.count("started", 1)
        self._around(Outbox, "__init__", "opening the outbox")
        self._around(terminal_reader, "read_terminal", "reading a terminal")
        self._around(Outbox, "keep_raw", "keeping raw bytes")
        self._around(Outbox, "store", "storing punches", then=self._note_stored)
        self._around(Cloud, "post", "posting a batch")
        self._around(Outbox, "settle", "settling a receipt")
        self._marks()
        self._transactions()
        threading.Thread(target=self._sample, daemon=True).start()

    def reach(self, point: str) -> None:
        """The end, if this is where the life ends."""
        if point != self._life.failpoint:
            return
        with self._lock:
            self._passes_left -= 1
            if self._passes_left < 0:
                self.board.count("killed at a failpoint", 1)
                os.kill(os.getpid(), signal.SIGKILL)

    def _around(
        self, owner: Any, name: str, phase: str, then: Callable[..., None] | None = None
    ) -> None:
        whole = getattr(owner, name)

        @wraps(whole)
        def watched(*args: Any, **named: Any) -> Any:
            with self.board.within(phase):
                self.reach(f"before {phase}")
                result = whole(*args, **named)
            if then is not None:
                then(*args, **named)
            self.reach(f"after {phase}")
            return result

        setattr(owner, name, watched)

    def _marks(self) -> None:
        mark, unmark = Outbox.mark_disabled, Outbox.unmark_disabled

        def marked(outbox: Outbox, device_id: str) -> None:
            mark(outbox, device_id)
            self.board.count("people locked out", 1)
            self.reach("after marking a terminal")

        def unmarked(outbox: Outbox, device_id: str) -> None:
            self.reach("before unmarking a terminal")
            unmark(outbox, device_id)
            self.board.count("people locked out", -1)
            self.reach("after unmarking a terminal")

        Outbox.mark_disabled = marked  # type: ignore[method-assign]
        Outbox.unmark_disabled = unmarked  # type: ignore[method-assign]

    def _transactions(self) -> None:
        add, settle = punch_tables.add_punches, punch_tables.settle

        def added(
            db: sqlite3.Connection, device_id: str, rows: Iterable[PunchRow], read_at: str
        ) -> int:
            new = add(db, device_id, rows, read_at)
            if new:
                self.reach("inside the transaction that stores")
            return new

        def settled(
            db: sqlite3.Connection, done: Sequence[int], rejected: Sequence[Any], now: str
        ) -> None:
            self._note_settled(db, [*done, *(seq for seq, _ in rejected)])
            settle(db, done, rejected, now)
            self.reach("inside the transaction that settles")

        punch_tables.add_punches = added
        punch_tables.settle = settled

    def _note_stored(self, _outbox: Outbox, reading: StoredReading, *_: Any) -> None:
        if reading.punches:
            rows = [punch_of(reading.device_id, row) for row in reading.punches]
            self.history.add(self.name, "ok", "store", rows)

    def _note_settled(self, db: sqlite3.Connection, numbers: list[int]) -> None:
        query = "SELECT device_id, user_id, timestamp, status, punch FROM queue WHERE seq = ?"
        rows = [row for number in numbers for row in db.execute(query, (number,))]
        self.history.add(self.name, "invoke", "settle", rows)

    def _sample(self) -> None:
        process = psutil.Process()
        time.sleep(WARM_SECONDS)
        while True:
            time.sleep(SAMPLE_SECONDS)
            self.history.add(self.name, "ok", "sample", None, sample(process, self._life.folder))

"""The agent's outbox, which also writes down what it was given and what it let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attendance_edge.outbox import Outbox
from tests.edge.proof.history import punch_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from attendance_edge.outbox import StoredReading
    from tests.edge.proof.history import History


class NotedOutbox(Outbox):
    def __init__(self, state_dir: Path, history: History, **more: int) -> None:
        super().__init__(state_dir, **more)
        self._history = history

    def store(self, reading: StoredReading, raw_logs: Sequence[Path] = ()) -> int:
        added = super().store(reading, raw_logs)
        rows = [punch_of(reading.device_id, row) for row in reading.punches]
        self._history.add("agent", "ok", "store", rows)
        return added

    def settle(self, done: Iterable[int], rejected: Iterable[tuple[int, str]] = ()) -> None:
        gone, refused = list(done), list(rejected)
        numbers = {*gone, *(seq for seq, _ in refused)}
        rows = [
            punch_of(one.device_id, one.row) for one in self.queued(1_000_000) if one.seq in numbers
        ]
        self._history.add("agent", "invoke", "settle", rows)
        super().settle(gone, refused)

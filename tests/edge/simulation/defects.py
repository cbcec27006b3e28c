"""Ways to get it wrong, planted one at a time: what finds none of them proves nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from attendance_edge.outbox import Outbox
from attendance_edge.terminal import log_reader
from attendance_edge.uplink import Cloud, Uplink, batches
from tests.edge.proof.ill_fate import believing
from tests.edge.simulation.cloud import CloudModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest

    from attendance_edge.outbox import QueuedPunch, StoredReading
    from attendance_edge.terminal.dataset import Dataset
    from attendance_edge.terminal.doubts import Situation
    from attendance_edge.terminal.known_log import KnownLog
    from attendance_wire import BatchReceipt


def rows_leave_before_their_answer(patch: pytest.MonkeyPatch) -> None:
    post = Uplink._post

    def hasty(self: Uplink, batch: tuple[QueuedPunch, ...]) -> BatchReceipt:
        self._outbox.settle(one.seq for one in batch)
        return post(self, batch)

    patch.setattr(Uplink, "_post", hasty)


def any_answer_is_believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Cloud, "post", believing(Cloud.post))


def a_cursor_stands_for_a_comparison(patch: pytest.MonkeyPatch) -> None:
    tail = log_reader._tail

    def behind_the_cursor(
        session: Any, dataset: Dataset, known: KnownLog, keep_raw: Callable[[bytes], None]
    ) -> Any:
        return tail(session, dataset, replace(known, tail=b""), keep_raw)

    def knows_nothing(_: Dataset, situation: Situation) -> bool:
        return situation.known is None or not situation.known.layout

    patch.setattr(log_reader, "_tail", behind_the_cursor)
    patch.setattr(log_reader, "must_read_whole", knows_nothing)
    patch.setattr(log_reader, "is_unchanged", lambda dataset, known: dataset.size <= known.size)


def the_log_is_known_before_its_punches_are_stored(patch: pytest.MonkeyPatch) -> None:
    store = Outbox.store

    def in_two(self: Outbox, reading: StoredReading, raw_logs: Sequence[Path] = ()) -> int:
        store(self, replace(reading, punches=()))
        return store(self, reading, raw_logs)

    patch.setattr(Outbox, "store", in_two)


def an_arrival_makes_a_punch_another(patch: pytest.MonkeyPatch) -> None:
    key = CloudModel.key_of

    def arrived(self: CloudModel, row: dict[str, Any]) -> tuple[Any, ...]:
        return (*key(self, row), self.now())

    patch.setattr(CloudModel, "key_of", arrived)


def a_watermark_waits_for_nothing(patch: pytest.MonkeyPatch) -> None:
    def at_once(_device: Any, state: Any, clock: Any) -> str | None:
        return None if state.read_at is None else batches.to_iso(clock.now())

    patch.setattr(batches, "_watermark", at_once)


DEFECTS = {
    rows_leave_before_their_answer: "I4",
    any_answer_is_believed: "I4",
    a_cursor_stands_for_a_comparison: "I1",
    the_log_is_known_before_its_punches_are_stored: "I1",
    an_arrival_makes_a_punch_another: "I2",
    a_watermark_waits_for_nothing: "watermark",
}
"""Each with what it must be seen to break."""

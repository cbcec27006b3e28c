"""What stands in the place of the agent's sockets and threads; the rest of it is its own.

For a process of its own: it cannot be taken back.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import httpx

from attendance_edge.outbox import outbox, raw_logs, writer
from attendance_edge.terminal import opening
from attendance_edge.uplink import backoff, batches, cloud, uplink
from tests.edge.simulation.cloud import DatedSigner

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from tests.edge.simulation.day import Day

SMALL_BATCH, SMALL_CHUNK = 40, 15
"""So that a day's punches make several of each."""


class AtOnce:
    """An executor whose work is done when it is handed in."""

    def __init__(self, *_: Any) -> None:
        pass

    def __enter__(self) -> AtOnce:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, work: Callable[..., Any], *args: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*args))
        except Exception as error:  # noqa: BLE001 - as an executor does
            done.set_exception(error)
        return done


class Today:
    """The day that goes on now."""

    day: Day


def install(today: Today) -> None:
    opening.dial_tcp = lambda address, _: today.day.dial(address, "tcp")  # type: ignore[assignment]
    opening.dial_udp = lambda address, _: today.day.dial(address, "udp")  # type: ignore[assignment]
    cloud.new_client = lambda _url: httpx.Client(transport=today.day.cloud, trust_env=False)
    cloud.Signer = DatedSigner  # type: ignore[misc,assignment]
    uplink.ThreadPoolExecutor = AtOnce  # type: ignore[misc,assignment]
    uplink.MAX_BATCH_PUNCHES = batches.MAX_BATCH_PUNCHES = SMALL_BATCH
    outbox.CHUNK_ROWS = SMALL_CHUNK
    backoff.random = _Dice(today)  # type: ignore[assignment]
    _steps_of_the_disk(today)


class _Dice:
    def __init__(self, today: Today) -> None:
        self._today = today

    def uniform(self, low: float, high: float) -> float:
        return self._today.day.fate.dice.uniform(low, high)


def _steps_of_the_disk(today: Today) -> None:
    transact, keep = writer.Writer._transact, raw_logs.RawLogs.keep

    def transacted(self: writer.Writer, work: Callable[[sqlite3.Connection], Any]) -> Any:
        step = today.day.fate.step
        step("beginning a transaction")

        def worked(db: sqlite3.Connection) -> Any:
            result = work(db)
            step("inside a transaction")
            return result

        result = transact(self, worked)
        step("after a transaction")
        return result

    def kept(self: raw_logs.RawLogs, device_id: str, raw: bytes) -> Path:
        today.day.fate.step("keeping raw bytes")
        return keep(self, device_id, raw)

    writer.Writer._transact = transacted  # type: ignore[method-assign,assignment]
    raw_logs.RawLogs.keep = kept  # type: ignore[method-assign]

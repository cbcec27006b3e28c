"""Terminals, a service and an outbox's file that write down what happens to them."""

from __future__ import annotations

import sqlite3
import sys
import threading
import traceback
from collections import deque
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attendance_edge.outbox.opening import FILE_NAME
from tests.edge.agent.fake_cloud import IDENTITY, FakeCloud, Handler, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from attendance_edge.simulator import EmulatedTerminal
    from attendance_edge.simulator.records import LogEntry
    from tests.edge.proof.history import History, Punch

    Fault = Callable[[Handler, int, bytes], None]

Row = dict[str, Any]
REFUSED_USER = "99"
REFUSAL = "nobody has this number"
_PUNCH = "device_id, user_id, timestamp, status, punch"


def record_terminal(
    terminal: EmulatedTerminal, device_id: str, timezone: str, history: History, **more: float
) -> None:
    """Note every punch that reaches the log, and every time people are locked out or let in."""
    history.add(device_id, "ok", "terminal", {"timezone": timezone, **more})
    device = terminal.device
    append, disable, enable = device.log.append, device.disable, device.enable

    def noted_append(entry: LogEntry) -> bool:
        kept = append(entry)
        at = f"{entry.timestamp:%Y-%m-%d %H:%M:%S}"
        punch = (device_id, entry.user_id, at, entry.status, entry.punch)
        history.add(device_id, "ok" if kept else "fail", "punch", punch)
        return kept

    def noted_disable(lease_seconds: int) -> None:
        disable(lease_seconds)
        history.add(device_id, "ok", "disable")

    def noted_enable() -> None:
        enable()
        history.add(device_id, "ok", "enable")

    device.log.append = noted_append  # type: ignore[method-assign]
    device.disable = noted_disable  # type: ignore[method-assign]
    device.enable = noted_enable  # type: ignore[method-assign]


def note_counters(terminal: EmulatedTerminal, device_id: str, history: History) -> None:
    counters = terminal.device.counters
    asked = {"writes": counters.writes, "template_reads": counters.template_reads}
    history.add(device_id, "ok", "counters", None, asked)


class RecordedLedger(Ledger):
    """Notes what it is asked and what it answers. A person of number 99 is nobody to it."""

    refuses = True

    def __init__(self, history: History) -> None:
        self.history = history
        self.exchange = threading.local()
        super().__init__()
        self.reject = lambda row: REFUSAL if row["user_id"] == REFUSED_USER else None

    def begin_exchange(self) -> None:
        self.exchange.punches, self.exchange.result = [], None

    def _store(self, batch: Row) -> Row:
        zones = {one["device_id"]: ZoneInfo(one["timezone"]) for one in batch["devices"]}
        receipt = super()._store(batch)
        for row in map(self.stored.get, map(self.key_of, batch["punches"])):
            if row is not None:
                wall = datetime.fromisoformat(row["timestamp"])
                zone = zones[row["device_id"]]
                instant = wall.replace(tzinfo=zone).astimezone(UTC)
                row.setdefault("instant", instant.isoformat())
        self.note_taken(batch, receipt)
        return receipt

    def note_taken(self, batch: Row, receipt: Row) -> None:
        """What a batch holds and its receipt names, once it is stored."""
        reasons = {one["index"]: one["reason"] for one in receipt["rejected"]}
        keys = [tuple(row[name] for name in IDENTITY) for row in batch["punches"]]
        self.exchange.punches = keys
        self.exchange.result = {
            "accepted": [key for index, key in enumerate(keys) if index not in reasons],
            "rejected": [(keys[index], reason) for index, reason in reasons.items()],
        }
        self.history.add("cloud", "info", "ingest", keys)

    def read(self) -> set[Punch]:
        """Everything it holds."""
        with self.lock:
            rows = [
                {"punch": [row[name] for name in IDENTITY], "instant": row["instant"]}
                for row in self.stored.values()
            ]
            self.history.add("cloud", "ok", "read", None, rows)
            return set(self.stored)  # type: ignore[arg-type]

    def note(self, kind: str, result: Any = None) -> None:
        self.history.add("cloud", kind, "ingest", self.exchange.punches, result)


class RecordedCloud(RecordedLedger, FakeCloud):
    """`faults` spoil the next answers."""

    def __init__(self, history: History) -> None:
        self.answers = _Answers(self)
        RecordedLedger.__init__(self, history)
        self.server.handle_error = _tell_what_matters  # type: ignore[method-assign]
        self.faults = self.answers  # type: ignore[assignment]

    def draw_fault(self) -> Fault | None:
        """What happens to an answer that nobody ordered a fault for."""
        return None

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        self.begin_exchange()
        return super().answer(method, path, headers, body)


def _tell_what_matters(_request: object, _client: object) -> None:
    """An agent that was killed hangs up as it is; anything else is trouble of the test's own."""
    if not isinstance(sys.exception(), ConnectionError):
        traceback.print_exc()


class _Answers:
    """In the place of the queue of faults: every answer is noted before it goes out."""

    def __init__(self, cloud: RecordedCloud) -> None:
        self.cloud = cloud
        self.spoilt: deque[Fault] = deque()

    def __bool__(self) -> bool:
        return True

    def append(self, fault: Fault) -> None:
        self.spoilt.append(fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        self.spoilt.extend(faults)

    def clear(self) -> None:
        self.spoilt.clear()

    def popleft(self) -> Fault:
        ordered = self.spoilt.popleft() if self.spoilt else None
        is_before = getattr(ordered, "before", False)

        def send(handler: Handler, status: int, content: bytes) -> None:
            fault = ordered or self.cloud.draw_fault()
            if fault is not None:
                if is_before:
                    self.cloud.begin_exchange()
                self.cloud.note("fail")
                fault(handler, status, content)
            elif status == 200:
                self.cloud.note("ok", self.cloud.exchange.result)
                handler.say(status, content)
            else:
                self.cloud.note("fail")
                handler.say(status, content)

        send.before = is_before  # type: ignore[attr-defined]
        return send


def busy(handler: Handler, _status: int, _content: bytes) -> None:
    handler.say(503, b'{"message": "busy"}')


def lost(handler: Handler, _status: int, _content: bytes) -> None:
    handler.hang_up()


def halved(handler: Handler, status: int, content: bytes) -> None:
    handler.say(status, content[: len(content) // 2])


def somebody_else(handler: Handler, status: int, _content: bytes) -> None:
    handler.say(status, b"<html>Welcome to the guest network</html>", "text/html")


def fewer_rows(handler: Handler, status: int, _content: bytes) -> None:
    handler.say(status, b'{"accepted": 0, "duplicates": 0, "rejected": [], "serverTime": "x"}')


ANSWER_FAULTS = (busy, lost, halved, somebody_else, fewer_rows)


def read_back(state_dir: Path, history: History) -> int:
    """What the file holds now, as a restart will find it; gives how many punches wait."""
    path = state_dir / FILE_NAME
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            return 0
        began = history.now()
        db.execute("BEGIN")
        queue = db.execute(f"SELECT {_PUNCH} FROM queue").fetchall()
        refused = db.execute(f"SELECT {_PUNCH}, reason FROM rejected").fetchall()
        result = {
            "began": began,
            "queue": queue,
            "taken": [row[0].hex() for row in db.execute("SELECT identity FROM taken")],
            "rejected": [(row[:-1], row[-1]) for row in refused],
        }
    history.add("outbox", "ok", "read back", None, result)
    return len(queue)

"""250 batches whose exchange fails, in ten ways: each fault strikes, and nothing is lost."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import psutil
import pytest

from attendance_edge.config import load_config
from attendance_edge.outbox import PunchRow, StoredReading
from attendance_edge.uplink import Cloud, CloudRefusedError, Uplink, answer, load_identity
from attendance_edge.uplink.server_clock import ServerClock
from tests.edge.proof.checker import broken
from tests.edge.proof.history import History, load, punch_of
from tests.edge.proof.noted_outbox import NotedOutbox
from tests.edge.proof.recording import (
    REFUSED_USER,
    RecordedCloud,
    halved,
    lost,
    read_back,
    somebody_else,
)
from tests.edge.proof.sampling import sample
from tests.edge.proof.site_files import enroll, write_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.edge.agent.fake_cloud import Handler

    Fault = Callable[[Handler, int, bytes], None]

ROUNDS = 25
ROWS = 8
FIRST = datetime(2026, 3, 2, 5)
ZONE = "America/Mexico_City"
DRIP_SECONDS = 0.02
PATIENCE_SECONDS = 0.1
"""With an answer that drips; a quick one is given the time that the agent gives it."""


def says_instead(status: int, **headers: str) -> Fault:
    """Nothing is stored."""

    def fault(handler: Handler, _status: int, _content: bytes) -> None:
        handler.say(status, b'{"message": "not now"}', **headers)

    fault.before = True  # type: ignore[attr-defined]
    return fault


def reset(handler: Handler, _status: int, _content: bytes) -> None:
    """Before anything is stored."""
    handler.hang_up()


reset.before = True  # type: ignore[attr-defined]


def half_a_body(handler: Handler, status: int, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.close_connection = True


def corrupt(handler: Handler, status: int, content: bytes) -> None:
    handler.say(status, content[:20] + b"\xff" + content[21:])


def drip(handler: Handler, status: int, content: bytes) -> None:
    handler.drip(status, content, DRIP_SECONDS)


KINDS: dict[str, Fault] = {
    "429": says_instead(429, Retry_After="1"),
    "503": says_instead(503),
    "504": says_instead(504),
    "a reset": reset,
    "an answer lost after the punches were stored": lost,
    "half a body": half_a_body,
    "half a receipt": halved,
    "a corrupt receipt": corrupt,
    "a receipt that drips": drip,
    "a page with status 200": somebody_else,
}


class Bench:
    """An agent's outbox and uplink, and a service on a real socket."""

    def __init__(self, folder: Path, stack: ExitStack, seed: str) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.struck: Counter[str] = Counter()
        self.made = 0
        self.history = History(folder / "bench.jsonl")
        stack.callback(self.history.close)
        self.history.add("gate", "ok", "terminal", {"timezone": ZONE})
        self.cloud = RecordedCloud(self.history)
        stack.callback(self.cloud.close)
        enroll(folder, self.cloud)
        ports = {"gate": 4370}
        self.config = load_config(write_config(folder, self.cloud.url, ports, {"gate": ZONE}, ()))

    def live(self, kinds: list[str]) -> None:
        """One life of the agent: a batch for each fault, then all that waits."""
        self.history.add("agent", "info", "start")
        devices = {device.id: device for device in self.config.devices}
        clock = ServerClock()
        with ExitStack() as stack:
            outbox = stack.enter_context(
                NotedOutbox(self.folder / "state", self.history, ballast_bytes=1 << 18)
            )
            identity = load_identity(self.folder / "state")
            cloud = stack.enter_context(Cloud(self.cloud.url, identity, clock=clock))
            uplink = Uplink(outbox, cloud, devices, clock)
            for kind in kinds:
                self.store(outbox)
                with impatient(kind == "a receipt that drips"):
                    self.spoil(uplink, kind)
            assert uplink.hand_over().error is None
            assert outbox.summary().queued == 0
        self.look()

    def store(self, outbox: NotedOutbox) -> None:
        rows = tuple(self.punch() for _ in range(ROWS))
        outbox.store(
            StoredReading(device_id="gate", read_at="2026-03-06T15:00:00.000Z", punches=rows)
        )

    def punch(self) -> PunchRow:
        self.made += 1
        user_id = REFUSED_USER if self.made % 40 == 0 else str(self.dice.randrange(1, 30))
        row = PunchRow(user_id, f"{FIRST + timedelta(seconds=37 * self.made)}", 1, self.made % 2)
        self.history.add("gate", "ok", "punch", punch_of("gate", row))
        return row

    def spoil(self, uplink: Uplink, kind: str) -> None:
        def fault(handler: Handler, status: int, content: bytes) -> None:
            self.struck[kind] += 1
            KINDS[kind](handler, status, content)

        fault.before = getattr(KINDS[kind], "before", False)  # type: ignore[attr-defined]
        self.cloud.faults.append(fault)
        handover = uplink.hand_over()
        assert handover.error is not None, kind
        assert not isinstance(handover.error, CloudRefusedError), kind
        assert handover.batches == 0, kind

    def look(self) -> None:
        self.cloud.read()
        read_back(self.folder / "state", self.history)
        found = sample(psutil.Process(), self.folder)
        self.history.add("agent", "ok", "sample", None, found)


@contextmanager
def impatient(is_impatient: bool) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if is_impatient:
            patch.setattr(answer, "WHOLE_ANSWER_SECONDS", PATIENCE_SECONDS)
        yield


@pytest.mark.slow
def test_250_faulty_exchanges_lose_nothing_and_double_nothing(tmp_path: Path, seed: str) -> None:
    with ExitStack() as stack:
        bench = Bench(tmp_path, stack, seed)
        for _ in range(ROUNDS):
            bench.live(bench.dice.sample(list(KINDS), k=len(KINDS)))
        bench.history.add("bench", "info", "faults end")
        bench.look()
        assert len(bench.cloud.stored) == bench.made - bench.made // 40
        assert broken(load([tmp_path / "bench.jsonl"])) == {}
    print(f"{bench.struck.total()} exchanges that failed: {dict(bench.struck)}")
    assert bench.struck == dict.fromkeys(KINDS, ROUNDS)

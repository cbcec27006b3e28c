"""200 polls of terminals that misbehave, in eight ways: each fault strikes, and nothing is lost."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from attendance_edge.agent import Fleet
from attendance_edge.config import load_config
from attendance_edge.simulator import EmulatedTerminal
from attendance_edge.uplink import Cloud, Uplink, load_identity
from attendance_edge.uplink.server_clock import ServerClock
from tests.edge.proof.checker import broken
from tests.edge.proof.history import History, load
from tests.edge.proof.noted_outbox import NotedOutbox
from tests.edge.proof.recording import (
    ANSWER_FAULTS,
    RecordedCloud,
    note_counters,
    read_back,
    record_terminal,
)
from tests.edge.proof.sampling import sample
from tests.edge.proof.site_files import enroll, write_config
from tests.edge.simulator.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 25
DEADLINE_SECONDS = 0.6
RECORDS = 60
FIRST = datetime(2026, 3, 2, 5)
CODES = (1000, 11, 201, 50, 1503)
LAYOUTS = ("40", "16", "8", "49")
ZONES = ("America/Mexico_City", "Asia/Kolkata", "Europe/Berlin", "UTC")

Faults = dict[str, Any]
KINDS: dict[str, tuple[str, Callable[[random.Random], Faults]]] = {
    "cut": ("drop_after_bytes", lambda dice: {"drop_after_bytes": dice.randrange(1, 200)}),
    "hang": ("hang_on", lambda dice: {"hang_on": [dice.choice(CODES)]}),
    "reset": ("reset", lambda dice: {}),
    "slow": ("answer_delay", lambda dice: {"answer_delay": dice.uniform(0.01, 0.12)}),
    "wrong-counts": (
        "count",
        lambda dice: {
            "count": dice.choice((0, 1, RECORDS, 99_999)),
            "size_error": dice.choice((0, 0, -40, 40)),
            "head_error": dice.choice((0, 0, 8)),
        },
    ),
    "racing": ("racing_punches", lambda dice: {"racing_punches": dice.randrange(1, 4)}),
    "garbage": ("garbage_on", lambda dice: {"garbage_on": [dice.choice(CODES)]}),
    "second-session": ("reject_second_session", lambda dice: {"reject_second_session": True}),
}
LOCKS_OUT = ("cut", "hang", "garbage")


class Reset:
    """Hangs up on everybody, without a word, when so many commands more were executed."""

    def __init__(self, terminal: EmulatedTerminal) -> None:
        self.due_after = 0
        self._terminal = terminal
        self._renew = terminal.device.renew_lease
        terminal.device.renew_lease = self._executed  # type: ignore[method-assign]

    def _executed(self) -> None:
        self._renew()
        self.due_after -= 1
        if self.due_after == 0:
            self._terminal.faults.strike("reset")
            for stream in list(self._terminal._server._streams):
                stream.reset()


class Bench:
    """Eight terminals, each with a fault of its own, read together by one agent's parts."""

    def __init__(self, folder: Path, stack: ExitStack, seed: str) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.history = History(folder / "bench.jsonl")
        stack.callback(self.history.close)
        self.cloud = RecordedCloud(self.history)
        stack.callback(self.cloud.close)
        self.made = 0
        self.terminals: dict[str, EmulatedTerminal] = {}
        for number, kind in enumerate(KINDS):
            terminal = EmulatedTerminal(layout=LAYOUTS[number % 4], serial_number=f"EMU{number:07}")
            record_terminal(terminal, kind, ZONES[number % 4], self.history)
            self.terminals[kind] = stack.enter_context(terminal)
            self.punch(kind, RECORDS)
        self.reset = Reset(self.terminals["reset"])
        enroll(folder, self.cloud)
        ports = {kind: terminal.port for kind, terminal in self.terminals.items()}
        zones = {kind: ZONES[number % 4] for number, kind in enumerate(KINDS)}
        config = write_config(
            folder, self.cloud.url, ports, zones, LOCKS_OUT, deadline_seconds=DEADLINE_SECONDS
        )
        self.config = load_config(config)
        self.outbox = stack.enter_context(NotedOutbox(folder / "state", self.history))
        self.fleet = Fleet(self.config, self.outbox)
        clock = ServerClock()
        identity = load_identity(folder / "state")
        cloud = stack.enter_context(Cloud(self.cloud.url, identity, clock=clock))
        devices = {device.id: device for device in self.config.devices}
        self.uplink = Uplink(self.outbox, cloud, devices, clock)

    def punch(self, kind: str, times: int) -> None:
        for _ in range(times):
            self.made += 1
            at = FIRST + timedelta(seconds=37 * self.made)
            user_id = str(self.dice.randrange(1, 30))
            self.terminals[kind].add_punch(user_id, punch=self.made % 2, timestamp=at)

    def faulty_round(self) -> Counter[str]:
        """Each terminal is read once while its fault is on; gives whose fault really struck."""
        before = {kind: self.struck(kind) for kind in KINDS}
        with ExitStack() as stack:
            for kind, (_, faults) in KINDS.items():
                self.punch(kind, self.dice.randrange(3))
                self.terminals[kind].set_faults(**faults(self.dice))
            other = stack.enter_context(RawClient(self.terminals["second-session"].port))
            other.connect()
            self.reset.due_after = self.dice.randrange(1, 6)
            assert len(list(self.fleet.read_all())) == len(KINDS)
        for terminal in self.terminals.values():
            terminal.faults.clear()
        return Counter(kind for kind in KINDS if self.struck(kind) > before[kind])

    def struck(self, kind: str) -> int:
        return self.terminals[kind].faults.fired[KINDS[kind][0]]

    def hand_over(self) -> None:
        """One try; every other answer is spoilt, so that most of it waits for the next."""
        if self.dice.random() < 0.5:
            self.cloud.faults.append(self.dice.choice(ANSWER_FAULTS))
        self.uplink.hand_over()
        self.cloud.read()
        read_back(self.folder / "state", self.history)
        found = sample(psutil.Process(), self.folder)
        self.history.add("agent", "ok", "sample", None, found)

    def recover(self) -> None:
        self.cloud.faults.clear()
        self.history.add("bench", "info", "faults end")
        assert [outcome.error for outcome in self.fleet.read_all()] == [None] * len(KINDS)
        assert self.uplink.hand_over().error is None
        assert read_back(self.folder / "state", self.history) == 0
        self.cloud.read()
        for kind, terminal in self.terminals.items():
            note_counters(terminal, kind, self.history)


@pytest.mark.slow
def test_200_faulty_polls_lose_nothing_and_double_nothing(tmp_path: Path, seed: str) -> None:
    struck: Counter[str] = Counter()
    with ExitStack() as stack:
        bench = Bench(tmp_path, stack, seed)
        for _ in range(ROUNDS):
            struck += bench.faulty_round()
            bench.hand_over()
        bench.recover()
        assert broken(load([tmp_path / "bench.jsonl"])) == {}
    print(f"{struck.total()} polls in which the fault struck: {dict(struck)}")
    assert struck == dict.fromkeys(KINDS, ROUNDS)

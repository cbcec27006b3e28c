"""A site whose agent is killed again and again; every random choice comes from one seed."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from attendance_edge.simulator import EmulatedTerminal
from tests.edge.proof.agent_life import ONCE_A_LIFE, Life, live
from tests.edge.proof.board import Board
from tests.edge.proof.history import Event, History, load
from tests.edge.proof.recording import (
    ANSWER_FAULTS,
    REFUSED_USER,
    RecordedCloud,
    busy,
    note_counters,
    read_back,
    record_terminal,
)
from tests.edge.proof.site_files import enroll, write_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerProcess

KILLED = (-9, 255)
"""255 when another thread's look at the process was first to read how it ended."""
PROCESSES = multiprocessing.get_context("forkserver")
DOORS = {
    "gate": ("40", "America/Mexico_City"),
    "dock": ("16", "Asia/Kolkata"),
    "yard": ("8", "Europe/Berlin"),
}
FIRST = datetime(2026, 3, 2, 5)
LONGEST_LIFE_SECONDS = 0.9
PATIENCE_SECONDS = 15.0
RECOVERY_SECONDS = 60.0
SETTLED_SECONDS = 3.0
TERMINAL_FAULTS = (
    {"hang": True},
    {"answer_delay": 0.05},
    {"drop_after_bytes": 400},
    {"close_on_connect": True},
    {"split_bytes": 7, "split_pause": 0.0005},
)
CLOCK_HOURS = (0.0, 0.0, -1.0, 24.0, -24.0 * 365)


class Site:
    """Three terminals, one agent, one service; the first punch is made at the wall time `first`."""

    def __init__(
        self,
        folder: Path,
        stack: ExitStack,
        seed: str,
        open_cloud: Callable[[History], RecordedCloud] = RecordedCloud,
        first: datetime = FIRST,
    ) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.history = History(folder / "site.jsonl")
        stack.callback(self.history.close)
        self.cloud = open_cloud(self.history)
        self.first = first
        stack.callback(self.cloud.close)
        self.board = Board(folder / "board")
        stack.callback(self.board.close)
        self.doors: dict[str, EmulatedTerminal] = {}
        for number, (device_id, (layout, timezone)) in enumerate(DOORS.items()):
            terminal = EmulatedTerminal(layout=layout, users=5, serial_number=f"EMU{number:07}")
            record_terminal(terminal, device_id, timezone, self.history)
            self.doors[device_id] = stack.enter_context(terminal)
        self.made = self.lives = self.refused = 0
        self.kills = 0
        self.caught: Counter[str] = Counter()
        ports = {device_id: door.port for device_id, door in self.doors.items()}
        zones = {device_id: zone for device_id, (_, zone) in DOORS.items()}
        agent = {"poll_seconds": 0.1, "deadline_seconds": 1.0}
        write_config(folder, self.cloud.url, ports, zones, ("gate",), **agent)
        enroll(folder, self.cloud)

    def punch(self) -> None:
        """Somebody at some door; now and then somebody whom the service does not know."""
        self.made += 1
        is_refused = self.cloud.refuses and self.made % 40 == 0
        user_id = REFUSED_USER if is_refused else str(self.random.randrange(1, 30))
        door = self.random.choice(list(self.doors.values()))
        at = self.first + timedelta(seconds=37 * self.made)
        kept = door.add_punch(user_id, punch=self.made % 2, timestamp=at)
        self.refused += kept and is_refused

    def trouble(self) -> None:
        """One terminal or one answer goes wrong, or nothing does."""
        if self.random.random() < 0.3:
            door = self.random.choice(list(self.doors.values()))
            door.set_faults(**self.random.choice(TERMINAL_FAULTS))
        if self.random.random() < 0.3:
            self.cloud.faults.append(self.random.choice(ANSWER_FAULTS))

    def calm(self) -> None:
        for door in self.doors.values():
            door.faults.clear()
        self.cloud.faults.clear()

    def kill_at_random(self, longest: float = LONGEST_LIFE_SECONDS) -> None:
        """SIGKILL at any moment from the agent's birth on."""
        self.trouble()
        process = self._start(Life(number=self.lives, folder=self.folder))
        ends = time.monotonic() + self.random.uniform(0, longest)
        while (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
            self.punch()
        process.kill()
        self._buried(process)
        self.calm()

    def kill_at(self, failpoint: str) -> None:
        """SIGKILL of itself when it comes to a named point, the first, second or third time."""
        life = Life(number=self.lives, folder=self.folder, failpoint=failpoint)
        passes = 0 if failpoint == ONCE_A_LIFE else self.random.randrange(3)
        process = self._start(replace(life, passes=passes))
        ends = time.monotonic() + PATIENCE_SECONDS
        while process.is_alive() and time.monotonic() < ends:
            process.join(0.1)
            self.punch()
        fired = not process.is_alive()
        process.kill()
        self._buried(process)
        assert fired, f"the agent never came to the point {failpoint!r}"

    def believe_any_answer(self) -> None:
        """The life of a defective agent, while the service is busy."""
        self.cloud.faults.extend([busy] * 20)
        process = self._start(Life(number=self.lives, folder=self.folder, is_gullible=True))
        ends = time.monotonic() + PATIENCE_SECONDS
        while self.cloud.requests < 3 and time.monotonic() < ends:
            time.sleep(0.05)
        process.kill()
        self._buried(process)

    def recover(self, within: float = RECOVERY_SECONDS) -> None:
        """The faults are over; one more life, ended politely, has to bring everything home."""
        self.calm()
        self.history.add("site", "info", "faults end")
        process = self._start(Life(number=self.lives, folder=self.folder))
        ends = time.monotonic() + within
        while self._is_behind() and time.monotonic() < ends:
            time.sleep(0.2)
        time.sleep(SETTLED_SECONDS)
        process.terminate()
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0
        assert "Traceback" not in (self.folder / "agent.log").read_text()
        self._look()
        for device_id, door in self.doors.items():
            note_counters(door, device_id, self.history)

    def events(self) -> list[Event]:
        return load(self.folder.glob("*.jsonl"))

    def _start(self, life: Life) -> ForkServerProcess:
        turned = replace(life, clock_hours=self.random.choice(CLOCK_HOURS))
        self.board.wipe()
        for _ in range(self.random.randrange(1, 6)):
            self.punch()
        process = PROCESSES.Process(target=live, args=(turned,), daemon=True)
        process.start()
        self.lives += 1
        return process

    def _buried(self, process: ForkServerProcess) -> None:
        process.join()
        assert process.exitcode in KILLED
        self.kills += 1
        self.caught.update(self._doing())
        self._look()

    def _doing(self) -> list[str]:
        """What the agent was at when it was killed; several things, as it has several threads."""
        busy = self.board.busy()
        if busy == ["started"]:
            return ["waiting"]
        return [phase for phase in busy if phase != "started"] or ["not begun"]

    def _look(self) -> None:
        read_back(self.folder / "state", self.history)
        self.cloud.read()

    def _is_behind(self) -> bool:
        """Every punch is a different one, so counts tell."""
        held = sum(len(door.device.log) for door in self.doors.values())
        waiting = read_back(self.folder / "state", self.history)
        return bool(waiting) or held > len(self.cloud.read()) + self.refused

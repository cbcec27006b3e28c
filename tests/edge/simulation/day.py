"""24 virtual hours of three terminals with 200 punches each, one agent and one service."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from attendance_edge.simulator.device import DeviceOptions
from tests.edge.proof.checker import broken
from tests.edge.proof.recording import note_counters
from tests.edge.simulation.agent import Agent, configured
from tests.edge.simulation.cloud import CloudModel
from tests.edge.simulation.diary import Diary
from tests.edge.simulation.door import LONGEST_LOG, Door, utc
from tests.edge.simulation.fate import Fate, Killed
from tests.edge.simulation.link import ModelLink
from tests.edge.simulation.plan import DAY, Plan
from tests.edge.simulation.unforeseen import Unforeseen

if TYPE_CHECKING:
    from attendance_edge.terminal import TerminalAddress
    from attendance_edge.terminal.address import Transport
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.machine import Machine

RECOVERY_SECONDS = 110.0
ORDINARY, SELDOM, OFTEN = 1800.0, 7200.0, 40.0
LAST_LIFE_SECONDS = 240.0
"""Before the faults end, the last life begins: it is not saved by a restart."""
DAYS = tuple(
    utc(f"2026-{evening} 20:00:00")
    for evening in ("03-02", "03-07", "10-31", "03-28", "10-24", "04-04", "10-03", "12-31")
)
"""Evenings, in UTC, some before clocks change in New York, Berlin and Lord Howe."""
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Mexico_City",
)
LAYOUTS = ("40", "16", "8", "49", "8-old")
DOORS: dict[str, Transport] = {"gate": "tcp", "dock": "tcp", "yard": "udp"}


@dataclass(frozen=True)
class Verdict:
    """`broken` names the invariants that did not hold, `struck` counts the faults that struck.

    `history` is the same for the same history only.
    """

    seed: int
    broken: dict[str, list[str]]
    struck: dict[str, int]
    punches: int
    history: str


class Day:
    def __init__(self, seed: int, clock: Clock, machine: Machine) -> None:
        self.seed = seed
        self.fate = Fate(seed)
        self.clock = clock
        self.machine = machine
        clock.begin(self.fate.dice.choice(DAYS))
        self.diary = Diary(clock)
        machine.begin(clock, self.diary, self.fate)
        self.keeps_logs = self.fate.happens(0.5)
        self.doors = {one: self._door(one, transport) for one, transport in DOORS.items()}
        self.cloud = CloudModel(self.doors, clock, self.diary, self.fate)
        self.cloud.meanwhile = self._read_meanwhile
        self.cloud.is_urgent = lambda: self.agent is not None and self.agent.converses
        self.share = self.fate.dice.choice((0.0, 0.1, 0.3))
        self.agent: Agent | None = None
        self._config = configured(self.doors, machine.state)

    def dial(self, address: TerminalAddress, transport: Transport) -> ModelLink:
        self.fate.step("dialling")
        door = list(self.doors.values())[address.port - 1]
        assert transport == door.transport
        link = ModelLink(door, transport, self.clock, self.fate, self._send_meanwhile)
        link.spoil(self.share)
        return link.open()

    def pass_by(self) -> Verdict:
        """The whole of it, from the first punch to the verdict."""
        unforeseen = Unforeseen()
        with unforeseen:
            self._planned().make()
            while self.clock.seconds < DAY - LAST_LIFE_SECONDS:
                self._live(self._lifetime())
                self._between_lives()
            self._last_life()
        found = broken(self.diary.events)
        if unforeseen.told:
            found["unforeseen"] = unforeseen.told
        if self.cloud.broken_promises:
            found["watermark"] = self.cloud.broken_promises
        made = sum(event.op == "punch" and event.type == "ok" for event in self.diary.events)
        history = hashlib.sha256(repr(self.diary.events).encode()).hexdigest()
        return Verdict(self.seed, found, dict(self.fate.struck), made, history)

    def _planned(self) -> Plan:
        return Plan(
            self.doors,
            self.machine,
            self.clock,
            self.diary,
            self.fate,
            keeps_logs=self.keeps_logs,
        )

    def _door(self, device_id: str, transport: Transport) -> Door:
        dice = self.fate.dice
        when_full = "refuse" if self.keeps_logs else dice.choice(("refuse", "cyclic", "ring"))
        options = DeviceOptions(
            serial_number=f"EMU{len(device_id) * 1000 + ord(device_id[0]):07}",
            layout=dice.choice(LAYOUTS),
            timezone=dice.choice(ZONES),
            capacity=100_000 if when_full == "refuse" else LONGEST_LOG,
            when_full=when_full,
        )
        return Door(device_id, transport, options, self.clock, self.diary)

    def _lifetime(self) -> float:
        life = min(self.fate.dice.expovariate(1 / (3 * 3600)), DAY)
        return min(life, DAY - LAST_LIFE_SECONDS - self.clock.seconds)

    def _live(self, seconds: float) -> None:
        """One life, ended by a kill: at a step that was drawn, or when its time has come."""
        self.fate.draw()
        self.cloud.share = self.share
        poll = self.fate.dice.choice((ORDINARY, SELDOM))
        ends = self.clock.seconds + seconds
        try:
            self._begin(poll)
            if self.agent is not None:
                self.agent.live(ends)
            self.clock.spend(ends - self.clock.seconds)
            self.fate.end("waiting")
        except Killed:
            self.agent = None
            self.machine.kill()

    def _begin(self, poll: float) -> None:
        self.diary.add("agent", "info", "start")
        self.agent = None
        outbox = self.machine.start()
        if outbox is not None:
            config = replace(self._config, poll_seconds=poll)
            self.agent = Agent(config, outbox, self.doors, self.clock, self.fate)

    def _between_lives(self) -> None:
        if self.keeps_logs and self.fate.happens(0.1):
            self.machine.damage()
        if self.fate.happens(0.3):
            self.machine.look()
            self.cloud.read()
        if self.fate.happens(0.3):
            self.machine.turn_clock()
        self.clock.spend(self.fate.dice.choice((1.0, 5.0, 30.0, 1800.0)))

    def _last_life(self) -> None:
        self.fate.spare()
        self._begin(OFTEN)
        assert self.agent is not None
        self.agent.live(DAY)
        self.cloud.share = self.share = 0.0
        self.fate.is_calm = True
        self.diary.add("day", "info", "faults end")
        self.agent.live(self.clock.seconds + RECOVERY_SECONDS)
        self.machine.kill()
        self.machine.look()
        self.cloud.read()
        for device_id, door in self.doors.items():
            note_counters(door, device_id, self.diary)  # type: ignore[arg-type]

    def _read_meanwhile(self) -> None:
        if self.agent is not None:
            self.agent.read_meanwhile()

    def _send_meanwhile(self) -> None:
        if self.agent is not None:
            self.agent.send_meanwhile()

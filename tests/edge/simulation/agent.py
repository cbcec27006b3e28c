"""One life of the agent: its own parts, taken in turn by one thread.

What the running agent leaves to threads (`agent/service.py`, `agent/uplink_loop.py`) is done here
by the clock; `meanwhile` lets one of its parts work in the middle of another's conversation.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from attendance_edge.agent import Fleet
from attendance_edge.agent.uplink_loop import GATHERING_SECONDS, UplinkLoop
from attendance_edge.config import Config
from attendance_edge.config.model import DeviceConfig
from attendance_edge.terminal import TerminalAddress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from attendance_edge.outbox import Outbox
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.door import Door
    from tests.edge.simulation.fate import Fate

MEANWHILE_SHARE = 0.02
POLL_SECONDS, DEADLINE_SECONDS = 60.0, 6.0


def configured(doors: dict[str, Door], state: Path) -> Config:
    """A port is the number of a door; people are locked out at the gate while it is read."""
    devices = tuple(
        DeviceConfig(
            id=one,
            name=one,
            address=TerminalAddress(host="127.0.0.1", port=number, transport=door.transport),
            timezone=door.timezone,
            disable_during_read=one == "gate",
        )
        for number, (one, door) in enumerate(doors.items(), start=1)
    )
    return Config(
        path=state,
        cloud_url="http://cloud",
        state_dir=state,
        poll_seconds=POLL_SECONDS,
        deadline_seconds=DEADLINE_SECONDS,
        api=None,
        devices=devices,
    )


class Agent:
    def __init__(
        self, config: Config, outbox: Outbox, doors: dict[str, Door], clock: Clock, fate: Fate
    ) -> None:
        self._config = config
        self._outbox = outbox
        self._doors = doors
        self._clock = clock
        self._fate = fate
        self._readers = Fleet(config, outbox).readers
        self._uplink = UplinkLoop(config, outbox, threading.Event())
        self._polls = dict.fromkeys(self._readers, clock.seconds)
        self._tick_at = clock.seconds + config.poll_seconds
        self._no_tick_before = clock.seconds
        self._reading: set[str] = set()
        self._sends = False

    def live(self, until: float) -> None:
        for device_id, reader in self._readers.items():
            self._converse(device_id, reader.enable_if_marked)
        while (due := min(self._tick_at, *self._polls.values())) < until:
            self._clock.spend(due - self._clock.seconds)
            if due == self._tick_at:
                self._tick()
            else:
                self._poll(min(self._polls, key=lambda one: self._polls[one]))
        self._clock.spend(until - self._clock.seconds)

    @property
    def converses(self) -> bool:
        return bool(self._reading)

    def send_meanwhile(self) -> None:
        """The uplink's turn, in the middle of a conversation with a terminal."""
        free = not self._sends and self._clock.seconds >= self._no_tick_before
        if free and self._fate.happens(MEANWHILE_SHARE):
            self._fate.strike("a handover during a conversation")
            self._tick()

    def read_meanwhile(self) -> None:
        """A terminal's turn, in the middle of a handover."""
        free = [one for one in self._readers if one not in self._reading]
        if free and self._fate.happens(0.2):
            self._fate.strike("a conversation during a handover")
            self._poll(self._fate.dice.choice(free))

    def _poll(self, device_id: str) -> None:
        began = self._clock.seconds
        if not self._outbox.is_disk_full:
            self._converse(device_id, lambda: self._read(device_id))
            gathered = self._clock.seconds + GATHERING_SECONDS
            self._tick_at = max(self._no_tick_before, min(self._tick_at, gathered))
        self._polls[device_id] = max(self._clock.seconds, began + self._config.poll_seconds)

    def _read(self, device_id: str) -> None:
        door = self._doors[device_id]
        turns, door.lies = door.turns, False
        if self._readers[device_id].read().reading is not None:
            door.has_lied, door.turns_when_read = door.lies, turns

    def _converse(self, device_id: str, work: Callable[[], object]) -> None:
        self._reading.add(device_id)
        try:
            work()
        finally:
            self._reading.discard(device_id)

    def _tick(self) -> None:
        self._sends = True
        try:
            wait = self._uplink.tick()
        finally:
            self._sends = False
        self._no_tick_before = self._clock.seconds + wait
        self._tick_at = self._no_tick_before + self._config.poll_seconds

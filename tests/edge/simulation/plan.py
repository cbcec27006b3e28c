"""What happens by itself on a day, whatever the agent does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.edge.proof.recording import REFUSED_USER
from tests.edge.simulation.machine import wrong_by

if TYPE_CHECKING:
    from tests.edge.simulation.clock import Clock
    from tests.edge.simulation.diary import Diary
    from tests.edge.simulation.door import Door
    from tests.edge.simulation.fate import Fate
    from tests.edge.simulation.machine import Machine

DAY = 24 * 3600.0
PUNCHES = 200


class Plan:
    """`keeps_logs`: nobody clears a terminal, so a damaged outbox can be filled anew from them."""

    def __init__(
        self,
        doors: dict[str, Door],
        machine: Machine,
        clock: Clock,
        diary: Diary,
        fate: Fate,
        *,
        keeps_logs: bool,
    ) -> None:
        self._doors = doors
        self._machine = machine
        self._clock = clock
        self._diary = diary
        self._fate = fate
        self._keeps_logs = keeps_logs

    def make(self) -> None:
        """What happens by itself, whatever the agent does."""
        dice = self._fate.dice
        for door in self._doors.values():
            rushes = [dice.uniform(0, DAY) for _ in range(3)]
            for _ in range(PUNCHES):
                late = dice.gauss(dice.choice(rushes), 900.0)
                at = late if 0 < late < DAY and dice.random() < 0.7 else dice.uniform(0, DAY)
                self._clock.at(at, partial(self._punch, door))
            if self._fate.happens(0.3):
                self._clock.at(dice.uniform(0, DAY), partial(self._turn, door))
            if not self._keeps_logs:
                self._clock.at(dice.uniform(0, DAY), partial(self._clear, door))
        for _ in range(dice.randrange(4)):
            self._clock.at(dice.uniform(0, DAY), self._machine.turn_clock)
        if self._fate.happens(0.4):
            full = dice.uniform(0, DAY)
            self._clock.at(full, self._machine.fill_disk)
            self._clock.at(min(DAY, full + dice.uniform(0, 2 * 3600)), self._machine.disk.grow)
        self._clock.at(DAY, self._machine.disk.grow)

    def _punch(self, door: Door) -> None:
        dice = self._fate.dice
        user_id = REFUSED_USER if dice.random() < 0.02 else str(dice.randrange(1, 30))
        log = door.device.log
        if log.when_full != "refuse" and len(log) >= log.capacity and not self._is_read(door):
            return
        door.device.punch(user_id, punch=dice.choice((0, 0, 1, 1, 4, 5)))

    def _turn(self, door: Door) -> None:
        now = self._clock.now()
        door.turn_clock(wrong_by(now, self._fate).total_seconds())
        if self._fate.happens(0.5):
            hours = self._fate.dice.uniform(0, 6 * 3600)
            self._clock.at(self._clock.seconds + hours, lambda: door.turn_clock(0.0))

    def _clear(self, door: Door) -> None:
        """What an operator may do in the menu once all was read."""
        if self._is_read(door):
            self._fate.strike("a log is cleared")
            door.device.log.clear()

    def _is_read(self, door: Door) -> bool:
        return door.meant.keys() <= self._stored

    @property
    def _stored(self) -> set[tuple[Any, ...]]:
        return {row for event in self._diary.events if event.op == "store" for row in event.args}

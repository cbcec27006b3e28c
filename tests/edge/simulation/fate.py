"""One seed's dice, what they have struck, and where a life of the agent ends."""

from __future__ import annotations

import random
from collections import Counter

STEPS = {
    "opening the outbox": 1,
    "dialling": 20,
    "sending": 200,
    "receiving": 200,
    "keeping raw bytes": 20,
    "beginning a transaction": 60,
    "inside a transaction": 60,
    "after a transaction": 60,
    "posting": 20,
    "posted": 20,
}
"""How often each is passed in a life, at most, before the life ends there."""


class Killed(BaseException):
    """The agent's process is gone."""


class Fate:
    """`step` is called wherever a kill may strike; whoever is dead does nothing more.

    Nothing goes wrong any more once `is_calm`.
    """

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.struck: Counter[str] = Counter()
        self.is_dead = False
        self.is_calm = False
        self._ends_at = ""
        self._passes = 0

    def strike(self, what: str) -> None:
        self.struck[what] += 1

    def happens(self, share: float) -> bool:
        return self.dice.random() < share

    def draw(self) -> None:
        """Where the next life ends, if it does not end by itself before."""
        self.is_dead = False
        self._ends_at = self.dice.choice(["", *STEPS])
        self._passes = self.dice.randrange(STEPS.get(self._ends_at, 1))

    def spare(self) -> None:
        """The next life is not ended."""
        self.is_dead, self._ends_at = False, ""

    def step(self, name: str) -> None:
        if self.is_dead:
            raise Killed
        if name != self._ends_at:
            return
        self._passes -= 1
        if self._passes < 0:
            self.end(name)

    def end(self, where: str) -> None:
        self.is_dead = True
        self.strike(f"killed: {where}")
        raise Killed

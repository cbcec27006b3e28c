"""How a record stands at a moment of the replay."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from attendance.domain.policy_words import DirectionMode
from attendance.domain.seat import Seat


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A record so far: does it exist, since when is it open, may a check-out still move.

    `check_in` is UTC. `mode` is the mode in effect (never auto once there is evidence).
    """

    exists: bool = False
    check_in: datetime | None = None
    open: bool = False
    mode: DirectionMode = DirectionMode.AUTO


StandingOf = Callable[[Seat], Standing]

"""A check-in or check-out through the API: evidence from the server's clock."""

from dataclasses import dataclass
from datetime import datetime

from attendance.domain.direction import Direction


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """An accepted API check-in (`Direction.IN`) or check-out (`Direction.OUT`).

    `instant` is UTC. It names its shift, so no window is asked. A manager's remarks at check-in
    are `absence_reason` and `manager_note`. `arrival` ranks it among evidence of the same instant.
    """

    action_id: str
    shift_id: str
    direction: Direction
    instant: datetime
    actor: str = ""
    absence_reason: str | None = None
    manager_note: str | None = None
    arrival: int = 0

"""A punch in a story."""

from attendance.domain.outcome import Outcome
from attendance.domain.punch import Punch
from attendance.simulation.event import PunchEvent
from attendance.simulation.fields import wall_or_none
from attendance.simulation.story import StoryDevice
from attendance.simulation.world import World


class PunchTeller:
    """Takes punches; what became of them is asked when the story is over."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: set[object] = set()

    def tell(self, index: int, event: PunchEvent) -> str | None:
        """The outcome that is final at once, else None; the punch is then known as its index."""
        wall = wall_or_none(event.timestamp)
        if wall is None:
            return Outcome.INVALID_TIME
        number = self._number(event)
        identity = (event.device, number, wall, event.status, event.punch)
        if identity in self._seen:
            return Outcome.DUPLICATE
        self._seen.add(identity)
        device = self._world.devices.get(event.device, StoryDevice())
        self._world.punches.append(
            Punch(
                punch_id=str(index),
                device_id=event.device,
                number=number,
                wall=wall,
                zone=device.timezone or self._world.site,
                code=event.punch,
                configured=device.direction,
                received_at=event.received_at,
                log_index=index,
                arrival=index,
            )
        )
        self._world.changed()
        return None

    def _number(self, event: PunchEvent) -> str:
        if event.user_id is not None:
            return event.user_id
        return min(self._world.person.numbers or {""})

"""Evidence in the order it is replayed: punches and actions in one line of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.punch import Punch
from attendance.domain.reading import ReadPunch


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A piece of evidence at an instant (UTC), from a punch or an API action."""

    item_id: str
    instant: datetime
    direction: Direction | None
    source: ReadPunch | Action

    @property
    def checks_in(self) -> bool:
        """Whether a person said through the API that this is a check-in."""
        return isinstance(self.source, Action) and self.direction is Direction.IN


def replay_order(reads: Iterable[ReadPunch], actions: Iterable[Action]) -> list[Item]:
    """All evidence in time order, ties in arrival order (rules.md section 2)."""
    ordered = [(_punch_key(read), _punch_item(read)) for read in reads]
    ordered += [(_action_key(action), _action_item(action)) for action in actions]
    return [item for _, item in sorted(ordered, key=lambda pair: pair[0])]


def direction_of(punch: Punch, code_map: Mapping[str, Direction | None]) -> Direction | None:
    """The device's configured direction, else the code's through the map, else none (section 3)."""
    if punch.configured is not None:
        return punch.configured
    if punch.code is None or isinstance(punch.code, Direction):
        return punch.code
    return code_map.get(str(punch.code))


Key = tuple[datetime, int, datetime, int, str]


def _punch_key(read: ReadPunch) -> Key:
    punch = read.punch
    received = punch.received_at or read.instant
    return read.instant, punch.arrival, received, punch.log_index or 0, punch.punch_id


def _action_key(action: Action) -> Key:
    instant = action.instant.astimezone(UTC)
    return instant, action.arrival, instant, 0, action.action_id


def _punch_item(read: ReadPunch) -> Item:
    direction = direction_of(read.punch, read.policy.punch_code_map)
    return Item(item_id=read.punch.punch_id, instant=read.instant, direction=direction, source=read)


def _action_item(action: Action) -> Item:
    return Item(
        item_id=action.action_id,
        instant=action.instant.astimezone(UTC),
        direction=action.direction,
        source=action,
    )

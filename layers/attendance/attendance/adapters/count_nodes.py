"""The nodes of the tree that counts a company's records (docs/decisions/0008).

`ALL` holds a count of each month, a month one of each of its parts: a day's shifts that start in
the same hour. A part holds the people themselves, one set for each shift and status. Every node
counts its changes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import add
from typing import Any

from attendance.adapters.count_marks import Mark
from attendance.adapters.items.attributes import from_milliseconds
from attendance.adapters.list_place import stretch_of
from attendance.domain.status import Status

ROOT = "ALL"
REVISION = "rev"
CHANGED_AT = "at"
SPOTS = "spots"
_MONTH_CHARS = len("2026-03")
_OWN = {"pk", "sk", "kind", REVISION, CHANGED_AT}

Counts = tuple[int, ...]
"""How many records there are of each status, in the order of `status_idx`."""

NOTHING: Counts = (0,) * len(Status)


def is_part(node: str) -> bool:
    """Whether a node between two days is a part; the others are months."""
    return "#" in node


def month_of(day_or_part: str) -> str:
    """The node of a day's month."""
    return day_or_part[:_MONTH_CHARS]


def name_in_month(part: str) -> str:
    """A part as its month knows it."""
    return part[_MONTH_CHARS + 1 :]


def part_in(month: str, name: str) -> str:
    """The part that a month knows by a name."""
    return f"{month}-{name}"


def spots_node(shift_id: str) -> str:
    """The node that tells at which spots a shift's records are listed, or ever were."""
    return f"SHIFT#{shift_id}"


@dataclass(frozen=True)
class Node:
    """What a node above the parts counts: its children by name."""

    revision: int
    changed_at: datetime | None
    children: Mapping[str, Counts]

    @property
    def counts(self) -> Counts:
        """All children together."""
        return total_of(self.children.values())


@dataclass(frozen=True)
class Part:
    """The marks of a part."""

    node: str
    revision: int
    sets: Mapping[str, frozenset[str]]

    @property
    def counts(self) -> Counts:
        """How many records of each status."""
        found = [0] * len(Status)
        for name, elements in self.sets.items():
            found[int(name[0])] += len(elements)
        return tuple(found)

    def marks(self, statuses: Collection[Status] = tuple(Status)) -> dict[str, Mark]:
        """Those of some statuses by their places in the list, in no order."""
        found: dict[str, Mark] = {}
        for name, elements in self.sets.items():
            marks = [Mark(self.node, name, element) for element in elements]
            if marks[0].status in statuses:
                stretch = stretch_of(marks[0].spot, marks[0].shift_id)
                found |= {stretch + mark.person: mark for mark in marks}
        return found


def total_of(counts: Iterable[Counts]) -> Counts:
    """Counts added up."""
    total = NOTHING
    for one in counts:
        total = tuple(map(add, total, one))
    return total


def child_value(revision: int, counts: Counts) -> dict[str, str]:
    """A child as its parent keeps it: a later revision is a greater text."""
    return {"S": f"{revision:010d} {' '.join(map(str, counts))}"}


def read_node(raw: Mapping[str, Any]) -> Node:
    """A node above the parts."""
    changed_at = raw.get(CHANGED_AT)
    return Node(
        revision=int(raw[REVISION]["N"]),
        changed_at=None if changed_at is None else from_milliseconds(int(changed_at["N"])),
        children={name: _counts(value["S"]) for name, value in raw.items() if name not in _OWN},
    )


def read_part(node: str, raw: Mapping[str, Any]) -> Part:
    """A part of a day."""
    sets = {name: frozenset(value["SS"]) for name, value in raw.items() if name not in _OWN}
    return Part(node=node, revision=int(raw[REVISION]["N"]), sets=sets)


def _counts(text: str) -> Counts:
    _, *counts = text.split(" ")
    return tuple(map(int, counts))

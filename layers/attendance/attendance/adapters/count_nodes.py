"""The nodes of the tree that counts a company's records (docs/decisions/0008).

`ALL` holds a count of each month, a month one of each of its days, a day one of each of its parts.
A part holds the places themselves, one set for each status. Every node counts its changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import add
from typing import Any

from attendance.adapters.items.attributes import from_milliseconds
from attendance.adapters.list_place import START_CHARS
from attendance.domain.status import Status

ROOT = "ALL"
REVISION = "rev"
CHANGED_AT = "at"
_A_QUARTER = 8
_DAY_CHARS = len("2026-03-06#")
_OWN = {"pk", "sk", "kind", REVISION, CHANGED_AT}

Counts = tuple[int, ...]
"""How many records there are of each status, in the order of `status_idx`."""

NOTHING: Counts = (0,) * len(Status)


@dataclass(frozen=True)
class Place:
    """A place in a company's list (`adapters.list_place`), taken apart as the tree needs it."""

    text: str

    @property
    def day(self) -> str:
        """`YYYY-MM-DD`."""
        return self.text[: _DAY_CHARS - 1]

    @property
    def part(self) -> str:
        """The start, and which quarter of those who start then: 0 to 3, in the list's order."""
        start, who = self._start_and_who
        return f"{start}{int(who[0], 32) // _A_QUARTER}"

    @property
    def who(self) -> str:
        """What a part keeps of it."""
        return self._start_and_who[1]

    @property
    def _start_and_who(self) -> tuple[str, str]:
        within = self.text[_DAY_CHARS:]
        return within[:START_CHARS], within[START_CHARS:]


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
    """The places of a part, by status."""

    revision: int
    places: Mapping[Status, frozenset[str]]

    @property
    def counts(self) -> Counts:
        """How many places of each status."""
        return tuple(len(self.places[status]) for status in Status)


def total_of(counts: Iterable[Counts]) -> Counts:
    """Counts added up."""
    total = NOTHING
    for one in counts:
        total = tuple(map(add, total, one))
    return total


def month_of(day: str) -> str:
    """The node of a day's month; the day's name in it is what comes after `-`."""
    return day[:7]


def part_node(day: str, part: str) -> str:
    """The node of a part of a day."""
    return f"{day}#{part}"


def place_in(node: str, who: str) -> str:
    """The place that a part's node and what it keeps stand for."""
    return f"{node[: _DAY_CHARS + START_CHARS]}{who}"


def set_name(status: Status) -> str:
    """The attribute of a part that holds the places of a status."""
    return f"s{status.idx}"


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


def read_part(raw: Mapping[str, Any]) -> Part:
    """A part of a day."""
    return Part(
        revision=int(raw[REVISION]["N"]),
        places={s: frozenset(raw.get(set_name(s), {"SS": ()})["SS"]) for s in Status},
    )


def _counts(text: str) -> Counts:
    _, *counts = text.split(" ")
    return tuple(map(int, counts))

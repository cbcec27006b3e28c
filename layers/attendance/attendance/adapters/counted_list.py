"""Reads of the tree that counts a company's records: how many, and which are at a place."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from attendance.adapters import keys
from attendance.adapters.count_marks import Mark, part_of
from attendance.adapters.count_nodes import (
    ROOT,
    SPOTS,
    Counts,
    Node,
    Part,
    is_part,
    month_of,
    part_in,
    read_node,
    read_part,
    spots_node,
)
from attendance.adapters.table import Table
from attendance.domain.status import Status
from attendance.identity import CompanyId

Child = tuple[str, int]
"""A node and how many of the wanted records it has."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Which records are counted: of shifts from `first` to `last`, in one of the statuses."""

    first: date
    last: date
    statuses: Collection[Status] = tuple(Status)

    def number(self, counts: Counts) -> int:
        """How many of them are counted."""
        return sum(counts[status.idx] for status in self.statuses)

    def holds(self, day: str) -> bool:
        """Whether a day (`YYYY-MM-DD`) is among them."""
        return self.first.isoformat() <= day <= self.last.isoformat()

    def has_whole(self, month: str) -> bool:
        """Whether every day of a month (`YYYY-MM`) is."""
        year, number = map(int, month.split("-"))
        first = date(year, number, 1)
        return self.first <= first and first.replace(day=monthrange(year, number)[1]) <= self.last


class CountedList:
    """One company's tree as one request sees it: what was read stays. A second or two behind."""

    def __init__(self, table: Table, company: CompanyId) -> None:
        self._table = table
        self._company = company
        self._raw: dict[str, dict[str, Any] | None] = {}

    @property
    def root(self) -> Node | None:
        """All months; None when nothing was ever counted."""
        return self._nodes([ROOT]).get(ROOT)

    def total(self, counted: Counted) -> int:
        """How many there are."""
        return sum(count for _, count in self._months(counted))

    def window(self, first: int, end: int, counted: Counted) -> list[Mark]:
        """The records from the `first` newest one, from 0, to before the `end`; newest first.

        At most one read a level of the tree, which takes what is needed of it at once.
        """
        months, skipped = _overlapping(self._months(counted), first, end)
        nodes = self._nodes(months)
        of_months = [part for m in months if m in nodes for part in _parts(m, nodes[m], counted)]
        parts, again = _overlapping(of_months, first - skipped, end - skipped)
        read = self._parts(parts)
        shown = (read[name].marks(counted.statuses) for name in parts if name in read)
        marks = [mark for of_part in shown for mark in _newest(of_part)]
        before = skipped + again
        return marks[first - before : end - before]

    def spots(self, shift_ids: Collection[str]) -> dict[str, list[str]]:
        """At which spots the records of shifts are listed, or were; only shifts that had any."""
        nodes = {shift_id: spots_node(shift_id) for shift_id in shift_ids}
        self._load(nodes.values())
        found = {shift_id: self._raw[node] for shift_id, node in nodes.items()}
        return {shift_id: list(raw[SPOTS]["SS"]) for shift_id, raw in found.items() if raw}

    def of_shifts(self, places: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Mark]]:
        """The records at spots of shifts, newest first; by spot and shift."""
        read = self._parts({part_of(spot) for spot, _ in places})
        found: dict[tuple[str, str], list[Mark]] = {place: [] for place in places}
        for part in read.values():
            for mark in _newest(part.marks()):
                if (mark.spot, mark.shift_id) in found:
                    found[mark.spot, mark.shift_id].append(mark)
        return found

    def marks(self, first: date, last: date) -> set[Mark]:
        """Every record that is counted; costs as much as reading all parts."""
        partition, low = keys.counts_key(self._company, f"{first.isoformat()}#")
        rows = self._table.query_all(partition, between=(low, f"{last.isoformat()}#~"))
        nodes = ((row["sk"]["S"], row) for row in rows)
        parts = (read_part(node, row) for node, row in nodes if is_part(node))
        return {mark for part in parts for mark in part.marks().values()}

    def _months(self, counted: Counted) -> list[Child]:
        if self.root is None:
            return []
        children = self.root.children
        edges = {month_of(day.isoformat()) for day in (counted.first, counted.last)}
        nodes = self._nodes([m for m in edges if m in children and not counted.has_whole(m)])
        return [
            (month, counted.number(children[month]))
            if month not in nodes
            else (month, sum(count for _, count in _parts(month, nodes[month], counted)))
            for month in sorted(children, reverse=True)
            if min(edges) <= month <= max(edges)
        ]

    def _nodes(self, names: Collection[str]) -> dict[str, Node]:
        self._load(names)
        return {name: read_node(raw) for name in names if (raw := self._raw[name])}

    def _parts(self, names: Collection[str]) -> dict[str, Part]:
        self._load(names)
        return {name: read_part(name, raw) for name in names if (raw := self._raw[name])}

    def _load(self, names: Iterable[str]) -> None:
        places = [keys.counts_key(self._company, name) for name in names if name not in self._raw]
        if len(places) == 1:
            self._raw[places[0][1]] = self._table.peek(places[0])
            return
        found = self._table.peek_many(places)
        self._raw |= {place[1]: found.get(place) for place in places}


def _parts(month: str, node: Node, counted: Counted) -> list[Child]:
    names = ((part_in(month, name), counts) for name, counts in node.children.items())
    wanted = [(part, counted.number(c)) for part, c in names if counted.holds(part.split("#")[0])]
    return sorted(wanted, reverse=True)


def _overlapping(children: Iterable[Child], first: int, end: int) -> tuple[list[str], int]:
    """The nodes that have records from `first` to before `end`, and how many come before them."""
    found: list[str] = []
    passed = skipped = 0
    for name, count in children:
        if passed + count <= first:
            skipped = passed + count
        elif count and passed < end:
            found.append(name)
        passed += count
    return found, skipped


def _newest(marks: Mapping[str, Mark]) -> list[Mark]:
    return [marks[place] for place in sorted(marks, reverse=True)]

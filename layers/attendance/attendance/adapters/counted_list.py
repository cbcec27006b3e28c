"""Reads of the tree that counts a company's records: how many, and which is the n-th."""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from attendance.adapters import keys
from attendance.adapters.count_nodes import (
    ROOT,
    Counts,
    Node,
    Part,
    month_of,
    part_node,
    place_in,
    read_node,
    read_part,
)
from attendance.adapters.table import Table
from attendance.domain.status import Status
from attendance.identity import CompanyId

Child = tuple[int, Callable[[int], str | None]]
"""How many records a child has, and which place its n-th one has (None: it has fewer by now)."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Which records are counted: of shifts from `first` to `last`, in one of the statuses."""

    first: date
    last: date
    statuses: Collection[Status] = tuple(Status)


class CountedList:
    """One company's tree as one request sees it: what was read stays. A second or two behind."""

    def __init__(self, table: Table, company: CompanyId) -> None:
        self._table = table
        self._company = company
        self._nodes: dict[str, Node | None] = {}
        self._parts: dict[str, Part | None] = {}

    @property
    def root(self) -> Node | None:
        """All months; None when nothing was ever counted."""
        return self._node(ROOT)

    def total(self, counted: Counted) -> int:
        """How many there are."""
        return sum(count for count, _ in self._months(counted))

    def place_at(self, offset: int, counted: Counted) -> str | None:
        """The place in the list of the record after the `offset` newest ones."""
        return _find(self._months(counted), offset)

    def places(self, first: date, last: date) -> dict[str, Status]:
        """Every place that is counted, with its status; costs as much as reading all parts."""
        partition, low = keys.counts_key(self._company, f"{first.isoformat()}#")
        rows = self._table.query_all(partition, between=(low, f"{last.isoformat()}#~"))
        found: dict[str, Status] = {}
        for row in rows:
            node = row["sk"]["S"]
            for status, people in read_part(row).places.items():
                found |= {place_in(node, who): status for who in people}
        return found

    def _months(self, counted: Counted) -> Iterator[Child]:
        if self.root is None:
            return
        first, last = month_of(counted.first.isoformat()), month_of(counted.last.isoformat())
        for month in sorted(self.root.children, reverse=True):
            if not first <= month <= last:
                continue
            if _is_whole(month, counted):
                count = _number(self.root.children[month], counted)
            else:
                count = sum(number for number, _ in self._days(month, counted))
            yield count, partial(self._place_in_month, counted, month)

    def _place_in_month(self, counted: Counted, month: str, offset: int) -> str | None:
        return _find(self._days(month, counted), offset)

    def _days(self, month: str, counted: Counted) -> Iterator[Child]:
        for name, counts in self._children(month):
            day = f"{month}-{name}"
            if counted.first.isoformat() <= day <= counted.last.isoformat():
                yield _number(counts, counted), partial(self._place_in_day, counted, day)

    def _place_in_day(self, counted: Counted, day: str, offset: int) -> str | None:
        parts = (
            (_number(counts, counted), partial(self._place_in_part, counted, day, name))
            for name, counts in self._children(day)
        )
        return _find(parts, offset)

    def _place_in_part(self, counted: Counted, day: str, name: str, offset: int) -> str | None:
        node = part_node(day, name)
        part = self._part(node)
        if part is None:
            return None
        people = sorted(
            (who for status in counted.statuses for who in part.places[status]), reverse=True
        )
        return place_in(node, people[offset]) if offset < len(people) else None

    def _children(self, node: str) -> list[tuple[str, Counts]]:
        found = self._node(node)
        return [] if found is None else sorted(found.children.items(), reverse=True)

    def _node(self, node: str) -> Node | None:
        if node not in self._nodes:
            raw = self._table.peek(keys.counts_key(self._company, node))
            self._nodes[node] = None if raw is None else read_node(raw)
        return self._nodes[node]

    def _part(self, node: str) -> Part | None:
        if node not in self._parts:
            raw = self._table.peek(keys.counts_key(self._company, node))
            self._parts[node] = None if raw is None else read_part(raw)
        return self._parts[node]


def _find(children: Iterator[Child], offset: int) -> str | None:
    for count, place_at in children:
        if offset >= count:
            offset -= count
            continue
        place = place_at(offset)
        if place is not None:
            return place
        offset = 0
    return None


def _number(counts: Counts, counted: Counted) -> int:
    return sum(counts[status.idx] for status in counted.statuses)


def _is_whole(month: str, counted: Counted) -> bool:
    year, number = map(int, month.split("-"))
    last = date(year, number, monthrange(year, number)[1])
    return counted.first <= date(year, number, 1) and last <= counted.last

"""Writes of the tree that counts a company's records (docs/decisions/0008).

Any write may come twice or beside another: a part is changed by adding people to sets and taking
them out, and what a node says of a child is replaced only by a later revision of that child.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

from attendance.adapters import count_changes as changes
from attendance.adapters import keys
from attendance.adapters.count_changes import Children, Sets
from attendance.adapters.count_marks import Mark
from attendance.adapters.count_nodes import (
    ROOT,
    SPOTS,
    Node,
    Part,
    child_value,
    month_of,
    name_in_month,
    read_node,
    read_part,
    spots_node,
)
from attendance.adapters.table import Table
from attendance.adapters.table_errors import ConditionFailedError
from attendance.identity import CompanyId

Moves = Mapping[Mark, bool]
"""Which marks there must be, and which there must not be."""

CHILDREN_A_CALL = 40
SETS_A_CALL = 100
"""The table takes expressions of up to 4 KB."""


class RecordCounts:
    """One company's tree, from its parts up to the root."""

    def __init__(self, table: Table, company: CompanyId) -> None:
        self._table = table
        self._company = company

    def apply(self, moves: Moves, now: datetime, *, touched: Iterable[Mark] = ()) -> None:
        """Make marks and take them out, and note at the root when (UTC) that was.

        The parts of `touched` marks are counted again even if nothing moves there.
        """
        kept = [*touched, *(mark for mark, there in moves.items() if there)]
        self._note_spots(kept)
        parts: dict[str, dict[Mark, bool]] = {mark.node: {} for mark in kept}
        for mark, there in moves.items():
            parts.setdefault(mark.node, {})[mark] = there
        months: dict[str, Children] = defaultdict(dict)
        for node, of_part in parts.items():
            after = self._change_part(node, of_part)
            value = child_value(after.revision, after.counts)
            months[month_of(node)][name_in_month(node)] = value
        top: Children = {}
        for month, children in months.items():
            top |= self._raise(month, children)
        self._write_node(ROOT, top, now)

    def _note_spots(self, marks: Iterable[Mark]) -> None:
        """Tell where shifts are listed before anything is: a spot too many does no harm."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for shift_id, spot in {(mark.shift_id, mark.spot) for mark in marks}:
            wanted[spots_node(shift_id)].add(spot)
        places = [keys.counts_key(self._company, node) for node in wanted]
        known = {key[1]: raw for key, raw in self._table.peek_many(places).items()}
        for node, spots in wanted.items():
            told = known.get(node, {}).get(SPOTS, {"SS": []})["SS"]
            if not spots <= set(told):
                key = keys.counts_key(self._company, node)
                self._table.change(changes.spots_change(key, spots))

    def _change_part(self, node: str, moves: Moves) -> Part:
        """First what is added: the answer tells what has to be taken out."""
        after: Part | None = None
        for some in _chunks(_sets(mark for mark, there in moves.items() if there)):
            after = self._write_part(node, "ADD", some)
        gone = [
            mark
            for mark, there in moves.items()
            if not there and (after is None or mark.element in after.sets.get(mark.name, ()))
        ]
        for some in _chunks(_sets(gone)):
            after = self._write_part(node, "DELETE", some)
        return after or self._write_part(node, "DELETE", {})

    def _write_part(self, node: str, verb: str, sets: Sets) -> Part:
        key = keys.counts_key(self._company, node)
        return read_part(node, self._table.change(changes.part_change(key, verb, sets)))

    def _raise(self, node: str, children: Children) -> Children:
        """What the root has to know of a month; nothing if others know better by now."""
        after = self._write_node(node, children, None)
        return {} if after is None else {node: child_value(after.revision, after.counts)}

    def _write_node(self, node: str, children: Children, now: datetime | None) -> Node | None:
        """The node as it is then; None if others knew better of each child."""
        rest = iter(children.items())
        written = [self._write_some(node, {}, now)] if not children else []
        while some := dict(islice(rest, CHILDREN_A_CALL)):
            written.append(self._write_some(node, some, now))
        return _latest(written)

    def _write_some(self, node: str, children: Children, now: datetime | None) -> Node | None:
        key = keys.counts_key(self._company, node)
        try:
            return read_node(self._table.change(changes.node_change(key, children, now)))
        except ConditionFailedError:
            pass
        if len(children) == 1:
            return self._write_some(node, {}, now) if now else None
        return _latest(self._write_some(node, {n: children[n]}, now) for n in children)


def _latest(written: Iterable[Node | None]) -> Node | None:
    nodes = (node for node in written if node is not None)
    return max(nodes, key=lambda node: node.revision, default=None)


def _sets(marks: Iterable[Mark]) -> dict[str, list[str]]:
    sets: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        sets[mark.name].append(mark.element)
    return sets


def _chunks(sets: Sets) -> Iterable[Sets]:
    rest = iter(sets.items())
    while some := dict(islice(rest, SETS_A_CALL)):
        yield some

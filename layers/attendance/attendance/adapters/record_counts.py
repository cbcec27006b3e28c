"""Writes of the tree that counts a company's records (docs/decisions/0008).

Any write may come twice or beside another: a part is changed by adding places to sets and taking
them out, and what a node says of a child is replaced only by a later revision of that child.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

from attendance.adapters import keys
from attendance.adapters.count_nodes import (
    CHANGED_AT,
    REVISION,
    ROOT,
    Node,
    Part,
    Place,
    child_value,
    month_of,
    part_node,
    read_node,
    read_part,
    set_name,
)
from attendance.adapters.items.attributes import to_milliseconds
from attendance.adapters.raw_table import RawChange, RawTable
from attendance.adapters.table_errors import ConditionFailedError
from attendance.domain.status import Status
from attendance.identity import CompanyId

Moves = Mapping[str, Status | None]
"""Places in a company's list, and the status of the record there; None where there is none."""

Children = dict[str, dict[str, str]]

CHILDREN_A_CALL = 40
"""The table takes expressions of up to 4 KB."""


class RecordCounts:
    """One company's tree, from its parts up to the root."""

    def __init__(self, table: RawTable, company: CompanyId) -> None:
        self._table = table
        self._company = company

    def apply(self, moves: Moves, now: datetime, *, touched: Iterable[str] = ()) -> None:
        """Take records to their places, and note at the root when (UTC) that was.

        The parts of `touched` places are counted again even if nothing moves there.
        """
        parts = _by_part(moves, touched)
        months: dict[str, Children] = defaultdict(dict)
        for day, of_day in parts.items():
            children = {part: self._change_part(day, part, of_day[part]) for part in of_day}
            months[month_of(day)] |= self._raise(day, day[8:], children)
        top: Children = {}
        for month, days in months.items():
            top |= self._raise(month, month, days)
        self._write_node(ROOT, top, now)

    def _change_part(
        self, day: str, part: str, moves: Mapping[Status | None, list[str]]
    ) -> dict[str, str]:
        key = keys.counts_key(self._company, part_node(day, part))
        after: Part | None = None
        for status, places in (moves or {None: []}).items():
            after = read_part(self._table.change(_part_change(key, status, places)))
        if after is None:
            raise ValueError(f"nothing was done to {key}")
        return child_value(after.revision, after.counts)

    def _raise(self, node: str, name: str, children: Children) -> Children:
        """What the parent has to know by the name; nothing if others know better by now."""
        after = self._write_node(node, children, None) if children else None
        return {} if after is None else {name: child_value(after.revision, after.counts)}

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
            return read_node(self._table.change(_node_change(key, children, now)))
        except ConditionFailedError:
            pass
        if len(children) == 1:
            return self._write_some(node, {}, now) if now else None
        return _latest(self._write_some(node, {n: children[n]}, now) for n in children)


def _latest(written: Iterable[Node | None]) -> Node | None:
    nodes = (node for node in written if node is not None)
    return max(nodes, key=lambda node: node.revision, default=None)


_ByPart = Mapping[str, Mapping[str, Mapping[Status | None, list[str]]]]


def _by_part(moves: Moves, touched: Iterable[str]) -> _ByPart:
    """By day and part: which places go to which status."""
    parts: dict[str, dict[str, dict[Status | None, list[str]]]] = {}
    for text in {*touched, *moves}:
        place = Place(text)
        of_part = parts.setdefault(place.day, {}).setdefault(place.part, {})
        if text in moves:
            of_part.setdefault(moves[text], []).append(place.who)
    return parts


def _part_change(key: keys.Key, status: Status | None, places: list[str]) -> RawChange:
    names = {"#kind": "kind", "#rev": REVISION}
    values: dict[str, object] = {":kind": {"S": "count"}, ":one": {"N": "1"}}
    added = ["#rev :one"]
    removed: list[str] = []
    if places:
        values[":places"] = {"SS": places}
        for known in Status:
            names[f"#{set_name(known)}"] = set_name(known)
            (added if known == status else removed).append(f"#{set_name(known)} :places")
    deletes = f" DELETE {', '.join(removed)}" if removed else ""
    update = f"SET #kind = :kind ADD {', '.join(added)}{deletes}"
    return RawChange(key=key, update=update, names=names, values=values)


def _node_change(key: keys.Key, children: Children, now: datetime | None) -> RawChange:
    names = {"#kind": "kind", "#rev": REVISION}
    values: dict[str, object] = {":kind": {"S": "count"}, ":one": {"N": "1"}}
    sets = ["#kind = :kind"]
    conditions: list[str] = []
    if now is not None:
        names["#at"], values[":at"] = CHANGED_AT, {"N": str(to_milliseconds(now))}
        sets.append("#at = :at")
    for place, (name, value) in enumerate(children.items()):
        names[f"#c{place}"], values[f":c{place}"] = name, value
        sets.append(f"#c{place} = :c{place}")
        conditions.append(f"(attribute_not_exists(#c{place}) OR #c{place} < :c{place})")
    return RawChange(
        key=key,
        update=f"SET {', '.join(sets)} ADD #rev :one",
        names=names,
        values=values,
        condition=" AND ".join(conditions) or None,
    )

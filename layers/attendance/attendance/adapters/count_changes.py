"""The updates by which the nodes of the counts change."""

from collections.abc import Collection, Mapping
from datetime import datetime

from attendance.adapters.count_nodes import CHANGED_AT, REVISION, SPOTS
from attendance.adapters.items.attributes import to_milliseconds
from attendance.adapters.keys import Key
from attendance.adapters.raw_table import RawChange

Children = dict[str, dict[str, str]]
Sets = Mapping[str, list[str]]
"""Elements by the attribute whose set they go to or come from."""


def part_change(key: Key, verb: str, sets: Sets) -> RawChange:
    """`ADD` elements to sets of a part, or `DELETE` them there; nothing counts as a change too."""
    names, values = _kind_and_revision()
    changed = []
    for place, (name, elements) in enumerate(sets.items()):
        names[f"#s{place}"], values[f":s{place}"] = name, {"SS": elements}
        changed.append(f"#s{place} :s{place}")
    if verb == "ADD":
        update = f"SET #kind = :kind ADD {', '.join(['#rev :one', *changed])}"
    else:
        deletes = f" DELETE {', '.join(changed)}" if changed else ""
        update = f"SET #kind = :kind ADD #rev :one{deletes}"
    return RawChange(key=key, update=update, names=names, values=values)


def spots_change(key: Key, spots: Collection[str]) -> RawChange:
    """Add spots to those of a shift."""
    names, values = _kind_and_revision()
    names["#spots"], values[":spots"] = SPOTS, {"SS": sorted(spots)}
    update = "SET #kind = :kind ADD #rev :one, #spots :spots"
    return RawChange(key=key, update=update, names=names, values=values)


def node_change(key: Key, children: Children, now: datetime | None) -> RawChange:
    """Tell a node of its children, on condition that it knows nothing later of any."""
    names, values = _kind_and_revision()
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


def _kind_and_revision() -> tuple[dict[str, str], dict[str, object]]:
    names = {"#kind": "kind", "#rev": REVISION}
    return names, {":kind": {"S": "count"}, ":one": {"N": "1"}}

"""Work on many rows at once where they have nothing in common, in order where they have."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

RowT = TypeVar("RowT")


def lanes(rows: Sequence[tuple[RowT, Iterable[Hashable]]]) -> list[list[RowT]]:
    """Rows grouped so that rows which share a name, also by way of others, are in one lane.

    Within a lane rows keep their order; lanes are in the order of their first rows.
    """
    parent: dict[Hashable, Hashable] = {}

    def root(name: Hashable) -> Hashable:
        while (above := parent.setdefault(name, name)) != name:
            parent[name] = parent[above]
            name = parent[name]
        return name

    marked = [(row, ("row", place), list(names)) for place, (row, names) in enumerate(rows)]
    for _, mark, names in marked:
        for name in names:
            parent[root(name)] = root(mark)
    found: dict[Hashable, list[RowT]] = {}
    for row, mark, _ in marked:
        found.setdefault(root(mark), []).append(row)
    return list(found.values())

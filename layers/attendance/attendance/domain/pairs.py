"""In/out pairs of a shift's evidence (rules.md section 5, `pairs`)."""

from collections.abc import Sequence
from datetime import datetime

from attendance.domain.direction import Direction
from attendance.domain.evidence import Item

Pair = tuple[datetime, datetime]


def pairs(items: Sequence[Item]) -> tuple[list[Pair], datetime | None]:
    """Closed pairs in replay order, and the odd IN left over (UTC) if there is one."""
    if all(item.direction for item in items):
        return _labelled(items)
    return _positional([item.instant for item in items])


def _labelled(items: Sequence[Item]) -> tuple[list[Pair], datetime | None]:
    """From the first IN of a run to the first OUT after it."""
    found: list[Pair] = []
    since: datetime | None = None
    for item in items:
        if item.direction is Direction.IN:
            since = since or item.instant
        elif since is not None:
            found.append((since, item.instant))
            since = None
    return found, since


def _positional(instants: Sequence[datetime]) -> tuple[list[Pair], datetime | None]:
    """1-2, 3-4, …; the odd one is left over."""
    found = list(zip(instants[::2], instants[1::2], strict=False))
    return found, instants[-1] if len(instants) % 2 else None

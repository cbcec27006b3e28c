"""The terminal's user table, read only for the people behind internal numbers."""

from collections.abc import Iterator
from struct import Struct

from attendance_edge.terminal.user_ids import user_id_of

_LONG = Struct("<H46x24s")
_SHORT = Struct("<H22xI")


def parse_users(body: bytes) -> dict[int, str]:
    """Internal number to user id from rows of 72 or 28 bytes, whichever names more of its rows.

    Names, passwords and cards stay unread.
    """
    fitting = [row for row in (_LONG, _SHORT) if body and len(body) % row.size == 0]
    tables = {row.size: dict(_named(row.iter_unpack(body))) for row in fitting}
    best = max(tables, key=lambda size: len(tables[size]) * size, default=0)
    return tables.get(best, {})


def _named(rows: Iterator[tuple[int, bytes | int]]) -> Iterator[tuple[int, str]]:
    for uid, key in rows:
        user_id = user_id_of(key)
        if uid and user_id is not None:
            yield uid, user_id

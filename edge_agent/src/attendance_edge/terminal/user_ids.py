"""What names a person in a record: text, a number, or the internal number."""

from collections.abc import Mapping

from attendance_edge.terminal.layouts import Key

LARGEST_NUMBER = 4_294_967_294


def user_id_of(key: Key) -> str | None:
    """The user id as text, never as a number read from it; None for one that cannot be."""
    if isinstance(key, int):
        return str(key) if 0 < key <= LARGEST_NUMBER else None
    try:
        text = key.split(b"\0", 1)[0].decode()
    except UnicodeDecodeError:
        return None
    return text if text and text.isprintable() and text == text.strip() else None


class UserIds(dict[Key, str | None]):
    """Remembers each key's user id; with a user table it maps internal numbers through it."""

    def __init__(self, table: Mapping[int, str] | None = None) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, key: Key) -> str | None:
        if self._table is None:
            self[key] = user_id_of(key)
        else:
            self[key] = self._table.get(key) if isinstance(key, int) else None
        return self[key]

"""On which line of a TOML text a key stands."""

import re

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*(?:=|\.)")


class Lines:
    """A finder by table and key; an array's tables are told apart by their number from 0."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table, number = "", 0
        for line, content in enumerate(text.splitlines(), start=1):
            header = _HEADER.match(content)
            if header:
                table = header[2]
                number = counts.get(table, 0)
                counts[table] = number + (1 if header[1] else 0)
                self._found.setdefault((table, number, ""), line)
            elif key := _KEY.match(content):
                self._found.setdefault((table, number, key[1]), line)

    def of(self, table: str, number: int = 0, key: str = "") -> int:
        """The key's line, or its table's, or 1: from 1 on."""
        found = self._found
        return (
            found.get((table, number, key))
            or found.get((table, number, ""))
            or found.get(("", 0, table))
            or 1
        )

"""One table of the file, read key by key; every mistake is noted and reading goes on."""

from collections.abc import Callable
from typing import Any

from attendance_edge.config.lines import Lines
from attendance_edge.config.mistakes import Mistake

Check = Callable[[str], str]
"""Gives "" for a good text, else what was expected."""


class Notes:
    """The mistakes found so far."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.mistakes: list[Mistake] = []

    def add(self, field: str, expected: str, *, table: str, number: int = 0, key: str = "") -> None:
        """Note one mistake at the line of its key."""
        line = self.lines.of(table, number, key)
        self.mistakes.append(Mistake(line=line, field=field, expected=expected))


class Section:
    """A table by name; `number` is None for one that is not in an array."""

    def __init__(self, notes: Notes, table: str, values: Any, number: int | None = None) -> None:
        self._notes = notes
        self._table = table
        self._number = number
        self._known: set[str] = set()
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            self.mistake("", f"expected a table [{table}]")

    @property
    def name(self) -> str:
        """As mistakes call it: `device[1]` is the first."""
        return self._table if self._number is None else f"{self._table}[{self._number + 1}]"

    def mistake(self, key: str, expected: str) -> None:
        """Note a mistake of this table."""
        field = f"{self.name}.{key}" if key else self.name
        self._notes.add(field, expected, table=self._table, number=self._number or 0, key=key)

    def text(self, key: str, default: str | None, check: Check | None = None) -> str:
        """A string; `default` None makes it required."""
        value = self._value(key, default)
        if value is None:
            self.mistake(key, "is missing; expected a text")
            return ""
        if not isinstance(value, str):
            self.mistake(key, f"expected a text in quotes, got {value!r}")
            return default or ""
        if check and key in self.values and (complaint := check(value)):
            self.mistake(key, complaint)
        return value

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            shown = "" if key == "comm_key" else f", got {value!r}"
            self.mistake(key, f"expected a whole number from {low} to {high}{shown}")
            return default
        return value

    def seconds(self, key: str, default: float, low: float, high: float) -> float:
        """A duration in seconds, from `low` to `high`."""
        value = self._value(key, default)
        wrong = isinstance(value, bool) or not isinstance(value, int | float)
        if wrong or not low <= value <= high:
            self.mistake(key, f"expected seconds from {low:g} to {high:g}, got {value!r}")
            return default
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            self.mistake(key, f"expected true or false, got {value!r}")
            return default
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        value = self._value(key, default)
        if value not in choices:
            self.mistake(key, f"expected {' or '.join(choices)}, got {value!r}")
            return default
        return str(value)

    def nothing_else(self) -> None:
        """Every key that was not asked for is a mistake, most often a typing error."""
        for key in self.values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                self.mistake(key, f"is not known here; expected one of {known}")

    def _value(self, key: str, default: Any) -> Any:
        self._known.add(key)
        return self.values.get(key, default)

"""What is wrong with a configuration file, all of it at once."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, order=True)
class Mistake:
    """`line` is counted from 1, `field` is a dotted name such as `device[2].port`."""

    line: int
    field: str
    expected: str


class ConfigError(Exception):
    """A configuration that must not be run; `str()` has one line a mistake."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = sorted(mistakes)
        super().__init__(
            "\n".join(f"{path.name}:{m.line}: {m.field}: {m.expected}" for m in self.mistakes)
        )

"""A story that cannot be told."""

from collections.abc import Iterable


class StoryError(ValueError):
    """A malformed story: `path` is where the mistake is (`events[2].at`), `expected` what it is."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path}: {expected}")
        self.path = path
        self.expected = expected


def path_of(steps: Iterable[str | int]) -> str:
    """The path of a mistake from its steps: names joined by dots, indexes in brackets."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if path else step
    return path or "story"

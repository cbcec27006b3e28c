"""One limit of time for a whole conversation."""

from time import monotonic


class Deadline:
    """A moment by which everything is over."""

    def __init__(self, seconds: float) -> None:
        self._began_at = monotonic()
        self._ends_at = self._began_at + seconds

    @property
    def elapsed(self) -> float:
        """Seconds gone since it was set."""
        return monotonic() - self._began_at

    @property
    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._ends_at - monotonic())

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return self.remaining <= 0

    def within(self, patience: float | None) -> float:
        """The shorter of `patience` and what is left."""
        return self.remaining if patience is None else min(patience, self.remaining)

    def earlier_by(self, seconds: float) -> "Deadline":
        """A deadline that leaves `seconds` for what must follow."""
        return Deadline(max(0.0, self.remaining - seconds))

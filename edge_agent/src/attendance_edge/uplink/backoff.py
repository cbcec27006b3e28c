"""How long to wait after failures: doubling, with jitter, and never less than was asked."""

import random

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 60.0
LONGEST_ASKED_SECONDS = 900.0


class Backoff:
    """Counts failures in a row."""

    def __init__(self, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._first = first
        self._longest = longest
        self._failures = 0

    def failed(self, asked: float | None) -> float:
        """Seconds to wait now; `asked` is the service's Retry-After, believed up to 15 minutes."""
        ceiling = min(self._longest, self._first * 2.0 ** min(self._failures, 16))
        self._failures += 1
        wait = ceiling * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, hides nothing
        return max(wait, min(asked or 0.0, LONGEST_ASKED_SECONDS))

    def succeeded(self) -> None:
        """Start anew."""
        self._failures = 0

"""Days that are judged together: as few reads as possible, none too large."""

from collections.abc import Iterable
from datetime import date, timedelta

NEAR = timedelta(days=3)
"""Days this near are read together anyway."""
LONGEST = timedelta(days=31)


def day_runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """First and last days of the runs that the days make, in order; none longer than a month."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] <= NEAR and day - runs[-1][0] < LONGEST:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs

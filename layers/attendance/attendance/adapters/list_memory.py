"""Answers to lists that this process remembers, while the company's lists are as they were."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from attendance.adapters.short_cache import ShortCache
from attendance.identity import CompanyId

COMPANIES = 50
ANSWERS_A_COMPANY = 20
LARGEST_ANSWER = 50_000
"""In characters: with the other bounds 50 MB at the very most, and a few in practice."""
_DAY = 86_400.0


@dataclass(frozen=True, kw_only=True)
class KeptList:
    """A list's rows as JSON and how many there are in all, as of a revision of the lists."""

    rows: str
    total: int
    revision: int
    kept_at: float


class ListMemory:
    """Answers by company and by what was asked; the oldest go first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._companies: ShortCache[ShortCache[KeptList]] = ShortCache(
            seconds=_DAY, size=COMPANIES, clock=clock
        )

    def get(
        self, company: CompanyId, asked: str, *, revision: int, seconds: int
    ) -> KeptList | None:
        """What was kept at this very revision, at most so many seconds ago."""
        answers = self._companies.get(str(company))
        kept = answers.get(asked) if answers is not None else None
        if kept is None or kept.revision != revision:
            return None
        return kept if self._clock() - kept.kept_at < seconds else None

    def put(self, company: CompanyId, asked: str, rows: str, total: int, *, revision: int) -> None:
        """Keep an answer, unless it is large."""
        if len(rows) > LARGEST_ANSWER:
            return
        answers = self._companies.get(str(company))
        if answers is None:
            answers = ShortCache(seconds=_DAY, size=ANSWERS_A_COMPANY, clock=self._clock)
            self._companies.put(str(company), answers)
        kept_at = self._clock()
        kept = KeptList(rows=rows, total=total, revision=revision, kept_at=kept_at)
        answers.put(asked, kept)

    def forget(self, partition: str) -> None:
        """Drop the answers of the company whose partition (`C#{company}…`) is written."""
        kind, _, rest = partition.partition("#")
        if kind == "C":
            self._companies.forget(rest.partition("#")[0])

"""Companies' facts, read again before they are old."""

import time

from attendance.identity import CompanyId
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.stores import DirectoryPort

OLDEST = 3.0
"""Seconds. Work sent after a change of the facts waits longer than this (SETTLING), so whoever
judged by the old facts has written before it is judged by the new ones."""
SETTLING = 5


class FreshFacts:
    """Facts of the companies of one batch."""

    def __init__(self, directory: DirectoryPort) -> None:
        self._directory = directory
        self._known: dict[CompanyId, tuple[float, CompanyFacts]] = {}

    def of(self, company: CompanyId) -> CompanyFacts:
        """A company's facts, at most `OLDEST` old."""
        now = time.monotonic()
        known = self._known.get(company)
        if known is None or now - known[0] > OLDEST:
            known = (now, load_company_facts(self._directory, company))
            self._known[company] = known
        return known[1]

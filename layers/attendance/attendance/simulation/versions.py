"""Record versions in a story: 1 for the first verdict, one more for each change."""

from attendance.domain.judgement import Judgement
from attendance.domain.verdict import Verdict


class Versions:
    """Counts the committed changes of every record."""

    def __init__(self) -> None:
        self._last: dict[str, Verdict | None] = {}
        self._counted: dict[str, int] = {}

    def note(self, judged: Judgement) -> None:
        """Count the records whose verdict is not what it was."""
        for shift_id, verdict in judged.verdicts.items():
            if verdict != self._last.get(shift_id):
                self._last[shift_id] = verdict
                self._counted[shift_id] = self._counted.get(shift_id, 0) + 1

    def of(self, shift_id: str) -> int:
        """The record's version, 0 before there is a record."""
        return self._counted.get(shift_id, 0)

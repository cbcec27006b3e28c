"""What `judge` answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from attendance.domain.case import Case
from attendance.domain.explanation import Explanation
from attendance.domain.outcome import PunchOutcome
from attendance.domain.verdict import Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The verdicts of a case by shift id and the outcomes of its punches by punch id.

    A shift without evidence, decision or sweep result has the verdict None: no record.
    """

    case: Case
    verdicts: Mapping[str, Verdict | None]
    outcomes: Mapping[str, PunchOutcome]
    explainer: Callable[[str], Explanation] = field(repr=False, compare=False)

    def verdict(self, shift_id: str) -> Verdict | None:
        """The verdict on a shift, None without a record or for a shift not in the case."""
        return self.verdicts.get(shift_id)

    def explanation(self, shift_id: str) -> Explanation:
        """Why the verdict on a shift of the case is what it is; made when it is asked for."""
        return self.explainer(shift_id)

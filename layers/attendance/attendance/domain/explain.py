"""Why a verdict is what it is, told in the order the rules speak."""

from collections.abc import Callable, Iterable, Mapping

from attendance.domain.explain_punches import notes, used_rules
from attendance.domain.explain_status import both, halves, holiday, status
from attendance.domain.explain_sweep import absence, missed_check_out
from attendance.domain.explain_times import (
    corrections,
    early_leave,
    lateness,
    leave,
    mode,
    window,
)
from attendance.domain.explain_work import worked
from attendance.domain.explanation import Explanation, PunchNote, Reason
from attendance.domain.findings import Findings
from attendance.domain.outcome import Outcome, PunchOutcome

_SPEAKERS: tuple[Callable[[Findings], Iterable[Reason]], ...] = (
    mode,
    corrections,
    leave,
    holiday,
    lateness,
    early_leave,
    halves,
    both,
    missed_check_out,
    worked,
    absence,
    status,
)


def explain(facts: Findings, outcomes: Mapping[str, PunchOutcome]) -> Explanation:
    """The rules that spoke, the punches used and ignored, candidates, policy and decisions."""
    seen = notes(facts, outcomes)
    rules = [*window(facts), *used_rules(seen)]
    for speaker in _SPEAKERS:
        rules.extend(speaker(facts))
    return Explanation(
        rules=tuple(rules),
        used=tuple(note for note in seen if note.outcome is Outcome.APPLIED),
        ignored=tuple(note for note in seen if note.outcome is not Outcome.APPLIED),
        candidates=_candidates(seen),
        policy_version=facts.sitting.seat.version.version,
        decisions=facts.sitting.seat.ruling.decisions,
    )


def _candidates(seen: Iterable[PunchNote]) -> dict[str, tuple[str, ...]]:
    return {note.punch_id: note.candidates for note in seen if note.candidates}

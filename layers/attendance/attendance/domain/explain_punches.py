"""The punches in an explanation: where each went, and by which line of the matching table."""

from collections.abc import Iterable, Mapping

from attendance.domain.explanation import PunchNote, Reason, shown
from attendance.domain.findings import Findings
from attendance.domain.outcome import Outcome, PunchOutcome
from attendance.domain.seat import Seat, reach_end
from attendance.domain.sweep import UNMATCHED_MARGIN

MATCHING = {
    "M1": "an OUT closes the open record with the latest check-in",
    "M2": "an OUT with nothing open goes to the shift with the nearest scheduled end",
    "M3": "an IN goes to the only shift in whose window it lies and that has not ended",
    "M4": "a punch without direction goes to the only shift in whose window it lies",
    "M5": "a punch past every window goes to the record with the latest check-in",
    "M6a": "of several shifts the earlier has no record yet: the nearest start takes it",
    "M6b": "of several shifts the earlier has a record and has not ended: it takes it",
    "M6c": "of several shifts the earlier is open and over: it is closed before the later is "
    "opened, unless the later's start is nearer than its end",
    "M6d": "of several shifts the earlier is open and over, and an IN opens the later",
    "M6e": "of several shifts the earlier is closed and over: the later takes it",
}


def notes(facts: Findings, outcomes: Mapping[str, PunchOutcome]) -> list[PunchNote]:
    """The punches of a shift, and those near it that went nowhere, in time order."""
    shift_id, seat = facts.sitting.seat.shift.shift_id, facts.sitting.seat
    seen = [
        PunchNote(
            punch_id=punch_id,
            instant=found.instant,
            outcome=found.outcome,
            rule=found.rule,
            line=found.line,
            candidates=found.candidates,
        )
        for punch_id, found in outcomes.items()
        if found.shift_id == shift_id or (found.shift_id is None and _near(seat, found))
    ]
    return sorted(seen, key=lambda note: (str(shown(note.instant)), note.punch_id))


def used_rules(seen: Iterable[PunchNote]) -> list[Reason]:
    """The line of the matching table for every punch that was applied."""
    return [
        Reason(
            rule=note.rule,
            text=MATCHING[note.line],
            inputs={
                "punch": note.punch_id,
                "at": shown(note.instant),
                "candidates": list(note.candidates),
            },
        )
        for note in seen
        if note.outcome is Outcome.APPLIED and note.rule is not None and note.line is not None
    ]


def _near(seat: Seat, found: PunchOutcome) -> bool:
    first = seat.window_start - UNMATCHED_MARGIN
    last = max(reach_end(seat), seat.window_end + UNMATCHED_MARGIN)
    return found.instant is not None and first <= found.instant <= last

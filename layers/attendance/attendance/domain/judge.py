"""The one function that judges: evidence, decisions, schedule and policy in, verdicts out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attendance.domain.case import Case
from attendance.domain.decision import Decision
from attendance.domain.evidence import replay_order
from attendance.domain.explain import explain
from attendance.domain.findings import Findings, Sitting, find
from attendance.domain.held_back import held_back
from attendance.domain.judgement import Judgement
from attendance.domain.local_policy import read_at_shifts
from attendance.domain.outcome import Outcome, PunchOutcome
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from attendance.domain.reading import ReadPunch, read_punches
from attendance.domain.replay import Replayed, replay
from attendance.domain.seat import Seat, seat_of
from attendance.domain.sweep import near_window
from attendance.domain.verdict_of import verdict_of
from attendance.domain.verdicts import Verdicts


def judge(case: Case) -> Judgement:
    """Judge one person's part of the calendar (rules.md section 0).

    Pure, and independent of the order of arrival but for evidence of the very same instant.
    """
    seats = _seats(case)
    reads = read_at_shifts(read_punches(case.punches, case.policies), seats, case.policies)
    left_out = _left_out(case.punches, reads, case.person)
    replayable = [r for punch_id, r in reads.items() if r and punch_id not in left_out]
    actions = case.actions if case.person.known else ()
    replayed = replay(replay_order(replayable, actions), seats)
    outcomes = {**left_out, **replayed.outcomes}
    strays = _Strays(replayed.outcomes)
    by_id = {seat.shift.shift_id: seat for seat in seats}

    def facts(shift_id: str) -> Findings:
        return find(_sitting(case, by_id[shift_id], replayed, strays))

    return Judgement(
        case=case,
        verdicts=Verdicts(tuple(by_id), lambda shift_id: verdict_of(facts(shift_id))),
        outcomes=outcomes,
        explainer=lambda shift_id: explain(facts(shift_id), outcomes),
    )


def _left_out(
    punches: Iterable[Punch], reads: Mapping[str, ReadPunch | None], person: Person
) -> dict[str, PunchOutcome]:
    """The punches that are not replayed at all, with their outcomes."""
    found = {}
    for punch in punches:
        read = reads[punch.punch_id]
        outcome = held_back(punch, read, person)
        if outcome is not None:
            found[punch.punch_id] = PunchOutcome(
                outcome=outcome, instant=read.instant if read else None
            )
    return found


def _seats(case: Case) -> list[Seat]:
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for decision in case.decisions:
        decisions[decision.shift_id].append(decision)
    return [seat_of(shift, case.policies, decisions[shift.shift_id]) for shift in case.shifts]


def _sitting(case: Case, seat: Seat, replayed: Replayed, strays: "_Strays") -> Sitting:
    shift_id = seat.shift.shift_id
    return Sitting(
        seat=seat,
        person=case.person,
        items=replayed.applied.get(shift_id, ()),
        swept_at=case.swept_at.get(shift_id),
        awaiting=case.awaiting.get(shift_id, ()),
        unmatched=strays.near(seat),
        conflicts=strays.conflicts.get(shift_id, ()),
    )


class _Strays:
    """The person's punches that no record could take."""

    def __init__(self, outcomes: Mapping[str, PunchOutcome]) -> None:
        self.conflicts: dict[str, list[str]] = defaultdict(list)
        self._unplaced: list[tuple[str, PunchOutcome]] = []
        for punch_id, found in outcomes.items():
            if found.outcome is Outcome.CONFLICT and found.shift_id is not None:
                self.conflicts[found.shift_id].append(punch_id)
            elif found.outcome in (Outcome.UNMATCHED, Outcome.NO_DIRECTION):
                self._unplaced.append((punch_id, found))

    def near(self, seat: Seat) -> list[str]:
        """Those that hold an automatic absence of this seat back (section 6)."""
        return [
            punch_id
            for punch_id, found in self._unplaced
            if found.shift_id in (None, seat.shift.shift_id)
            and found.instant is not None
            and near_window(seat, found.instant)
        ]

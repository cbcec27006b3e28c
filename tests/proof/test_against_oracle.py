"""Days of a person, step by step, beside an oracle of the rules; clocks change on some of them."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from attendance.domain import punctuality
from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.decision import KEEP, Correction, MarkAbsent
from attendance.domain.direction import Direction
from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.domain.person import Person
from attendance.domain.policy import policy_from
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.refuse_action import refuse_check_in, refuse_check_out
from attendance.domain.refuse_decision import refuse_correction, refuse_mark_absent
from attendance.domain.shift import Shift
from attendance.domain.status import Status
from tests.proof.oracle import Facts, Oracle, Wanted
from tests.proof.scale import always_the_same, scaled
from tests.unit.domain.rosters import CHANGES

HOURS = st.sampled_from(
    [("09:00", "17:00"), ("22:00", "06:00"), ("01:30", "09:30"), ("16:00", "00:00")]
)
SECONDS = st.one_of(
    st.sampled_from([-7201, -7200, -60, -1, 0, 1, 59, 60, 299, 300, 301, 359, 360]),
    st.integers(-3 * 3600, 30 * 3600),
)
POLICIES = st.builds(
    Wanted,
    late_grace=st.sampled_from([0, 5, None]),
    late_from_grace=st.booleans(),
    early_grace=st.sampled_from([0, 5, None]),
    late_and_early=st.sampled_from(["leftEarly", "late"]),
    open_status=st.sampled_from(["decided", "pending"]),
    missing_check_out=st.sampled_from(["closeAtShiftEnd", "leavePending", "markAbsent"]),
    auto_absent=st.booleans(),
)
WHICH = st.sampled_from(["s0", "s1"])


class PersonsDays(RuleBasedStateMachine):
    """Two days in a row; each step is refused by both or done by both, with the same verdicts."""

    @initialize(
        zone=st.sampled_from(sorted(CHANGES)), late=st.booleans(), hours=HOURS, policy=POLICIES
    )
    def begin(self, zone: str, late: bool, hours: tuple[str, str], policy: Wanted) -> None:
        first, place = CHANGES[zone][late] - timedelta(days=1), ZoneInfo(zone)
        self.oracles: dict[str, Oracle] = {}
        shifts = []
        for number in range(2):
            day, name = first + timedelta(days=number), f"s{number}"
            oracle = self.oracles[name] = Oracle(day, *hours, place, policy)
            facts = {"start": oracle.start, "end": oracle.end, "zone": place}
            shifts.append(Shift(shift_id=name, shift_date=day, **facts))
        version = PolicyVersion(policy=policy_from(policy.to_json()), version=1)
        self.case = Case(person=Person(user_id="u"), shifts=tuple(shifts), policies=(version,))

    @rule(name=WHICH, seconds=SECONDS)
    def check_in(self, name: str, seconds: int) -> None:
        at = self.oracles[name].start + timedelta(seconds=seconds)
        refusal = refuse_check_in(self.judged(), name, at)
        assert refusal == self.oracles[name].try_check_in(at)
        if refusal is None:
            self.act(name, Direction.IN, at)

    @rule(name=WHICH, seconds=SECONDS, from_end=st.booleans())
    def check_out(self, name: str, seconds: int, from_end: bool) -> None:
        oracle = self.oracles[name]
        at = (oracle.end if from_end else oracle.start) + timedelta(seconds=seconds)
        refusal = refuse_check_out(self.judged(), name, at)
        assert refusal == oracle.try_check_out(at)
        if refusal is None:
            self.act(name, Direction.OUT, at)

    @rule(name=WHICH)
    def mark_absent(self, name: str) -> None:
        refusal = refuse_mark_absent(self.judged(), name, by_manager=True)
        assert refusal == self.oracles[name].try_mark_absent()
        if refusal is None:
            self.decide(MarkAbsent(**self.decision(name)))

    @precondition(lambda self: any(oracle.check_in for oracle in self.oracles.values()))
    @rule(seconds=SECONDS, both=st.booleans(), which=st.booleans())
    def correct_times(self, seconds: int, both: bool, which: bool) -> None:
        names = [name for name, oracle in self.oracles.items() if oracle.check_in]
        oracle = self.oracles[names[-which]]
        at = oracle.start + timedelta(seconds=seconds)
        times = {"check_in": at, "check_out": oracle.end} if both else {"check_in": at}
        self.correct(names[-which], **times)

    @rule(name=WHICH, status=st.sampled_from([*Status]))
    def excuse(self, name: str, status: Status) -> None:
        self.correct(name, status=status)

    @rule(name=WHICH, minutes=st.sampled_from([-1, 0, 239, 300, 301, 600, 1440, 3000]))
    def sweep(self, name: str, minutes: int) -> None:
        at = self.oracles[name].end + timedelta(minutes=minutes)
        self.oracles[name].swept_at = at
        self.case = replace(self.case, swept_at={**self.case.swept_at, name: at})
        self.same()

    def correct(self, name: str, **fields: datetime | Status) -> None:
        correction = Correction(**self.decision(name), reason="seen", **fields)
        refusal = refuse_correction(self.judged(), correction, by_manager=True, stale=False)
        spoken = {"check_in": None, "check_out": None, "status": None, **fields}
        assert KEEP not in spoken.values()
        assert refusal == self.oracles[name].try_correct(**spoken)
        if refusal is None:
            self.decide(correction)

    def act(self, name: str, direction: Direction, at: datetime) -> None:
        number = len(self.case.actions)
        action = Action(
            action_id=f"a{number}", shift_id=name, direction=direction, instant=at, arrival=number
        )
        self.case = replace(self.case, actions=(*self.case.actions, action))
        self.same()

    def decision(self, name: str) -> dict[str, object]:
        number = len(self.case.decisions)
        at = self.oracles[name].end
        return {
            "decision_id": f"d{number}",
            "shift_id": name,
            "decided_at": at,
            "arrival": number,
        }

    def decide(self, decision: MarkAbsent | Correction) -> None:
        self.case = replace(self.case, decisions=(*self.case.decisions, decision))
        self.same()

    def judged(self) -> Judgement:
        return judge(self.case)

    def same(self) -> None:
        judgement = self.judged()
        for name, oracle in self.oracles.items():
            verdict = judgement.verdict(name)
            found = verdict and Facts(
                status=verdict.status,
                check_in=verdict.check_in,
                check_out=verdict.check_out,
                late=verdict.late_by_minutes,
                early=verdict.details.early_leave_minutes,
                open=verdict.details.open,
            )
            assert found == oracle.verdict(), f"{name}: {found}, expected {oracle.verdict()}"


def kept_to(runs: int, *phases: Phase) -> settings:
    return settings(
        max_examples=runs,
        stateful_step_count=50,
        deadline=None,
        database=None,
        derandomize=always_the_same(),
        phases=phases or (Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.slow
def test_the_rules_are_what_the_oracle_says():
    run(PersonsDays, settings=kept_to(scaled(100)))


def test_a_minute_that_is_rounded_up_is_found_out(monkeypatch):
    monkeypatch.setattr(punctuality, "floor_minutes", lambda span: -(-span // timedelta(minutes=1)))
    with pytest.raises(AssertionError):
        run(PersonsDays, settings=kept_to(100, Phase.generate))

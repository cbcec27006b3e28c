"""The span in which a first check-in needs no judging agrees with the judge."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.direction import Direction
from attendance.domain.fast_check_in import on_time_span
from attendance.domain.judge import judge
from attendance.domain.person import Leave, Person
from attendance.domain.policy import Policy, policy_from
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.refusal import Refusal
from attendance.domain.refuse_action import refuse_check_in
from attendance.domain.status import Status
from attendance.domain.verdict import Verdict
from tests.unit.domain.builders import a_case, a_shift, at
from tests.unit.domain.rosters import policies

leaves = st.lists(
    st.tuples(st.integers(0, 23), st.integers(1, 12)).map(
        lambda t: Leave(
            start=at(f"{t[0]:02d}:00"), end=at(f"{t[0]:02d}:00") + timedelta(hours=t[1])
        )
    ),
    max_size=2,
)


@settings(max_examples=500, deadline=None)
@given(policies, leaves, st.integers(0, 86400), st.sampled_from(["09:00", "16:00", "22:00"]))
def test_on_time_in_the_span_and_late_right_after_it(
    policy: Policy, leaves: list[Leave], pick: int, start: str
) -> None:
    shift = a_shift(start=start, end=f"{(int(start[:2]) + 8) % 24:02d}:00")
    span = on_time_span(shift, policy, leaves)
    person = Person(user_id="u", leaves=tuple(leaves))
    empty = a_case(shift, person=person, policies=(PolicyVersion(policy=policy),))
    for instant in _instants(span.window_start, span.first_late, pick):
        assert refuse_check_in(judge(empty), shift.shift_id, instant) is None
        verdict = _verdict(empty, instant)
        assert (verdict.status, verdict.late_by_minutes) == (span.status, 0)
        assert (verdict.check_in, verdict.check_out) == (instant, None)
    if span.first_late < span.end:
        assert _verdict(empty, span.first_late).late_by_minutes > 0
    early = span.window_start - timedelta(microseconds=1)
    assert refuse_check_in(judge(empty), shift.shift_id, early) is Refusal.TOO_EARLY
    assert refuse_check_in(judge(empty), shift.shift_id, span.end) is Refusal.SHIFT_ENDED


def _instants(start: datetime, first_late: datetime, pick: int) -> list[datetime]:
    last = first_late - timedelta(microseconds=1)
    seconds = int((last - start).total_seconds())
    return [start, last, start + timedelta(seconds=pick % (seconds + 1))]


def _verdict(case: Case, instant: datetime) -> Verdict:
    shift_id = case.shifts[0].shift_id
    action = Action(action_id="a", shift_id=shift_id, direction=Direction.IN, instant=instant)
    verdict = judge(replace(case, actions=(action,))).verdict(shift_id)
    assert verdict is not None
    return verdict


def test_the_first_late_instant_is_the_minute_after_the_grace() -> None:
    span = on_time_span(a_shift(), policy_from({"lateGraceMinutes": 5}))
    assert (span.window_start, span.first_late) == (at("07:00"), at("09:06"))
    assert (span.end, span.status) == (at("17:00"), Status.PRESENT)


def test_without_lateness_the_whole_shift_is_on_time() -> None:
    span = on_time_span(a_shift(), policy_from({"lateGraceMinutes": None}))
    assert span.first_late == span.end


def test_a_grace_longer_than_the_shift_ends_with_it() -> None:
    span = on_time_span(a_shift(), policy_from({"lateGraceMinutes": 1440, "openStatus": "pending"}))
    assert (span.first_late, span.status) == (span.end, Status.PENDING)


def test_the_default_policy_takes_the_first_minute_as_on_time() -> None:
    assert on_time_span(a_shift(), Policy()).first_late == at("09:01")

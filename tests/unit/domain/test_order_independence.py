"""rules.md section 0: the verdict does not depend on the order in which things arrive."""

import json
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.domain.case import Case
from attendance.domain.judge import judge
from attendance.simulation import simulate
from tests.unit.domain.rosters import cases


def shuffled(case: Case, seed: int) -> Case:
    random = Random(seed)

    def mixed(things: tuple) -> tuple:
        return tuple(random.sample(things, len(things)))

    return replace(
        case,
        shifts=mixed(case.shifts),
        punches=mixed(case.punches),
        actions=mixed(case.actions),
        decisions=mixed(case.decisions),
    )


@settings(max_examples=2000, deadline=None)
@given(cases(), st.integers())
def test_the_order_of_arrival_never_matters(case: Case, seed: int) -> None:
    one, other = judge(case), judge(shuffled(case, seed))
    assert one.verdicts == other.verdicts
    assert one.outcomes == other.outcomes
    for shift in case.shifts:
        assert one.explanation(shift.shift_id) == other.explanation(shift.shift_id)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_a_record_is_what_its_facts_say(case: Case) -> None:
    for verdict in judge(case).verdicts.values():
        if verdict is None:
            continue
        both = verdict.check_in is not None and verdict.check_out is not None
        assert not both or verdict.check_in <= verdict.check_out
        assert verdict.details.open == (verdict.check_in is not None and not verdict.check_out)
        assert verdict.late_by_minutes >= 0
        assert verdict.details.worked_minutes >= 0
        assert not (verdict.details.half_day and verdict.details.open)


moments = st.integers(6 * 60, 30 * 60).map(
    lambda m: f"2026-03-{6 + m // 1440:02d}T{m // 60 % 24:02d}:{m % 60:02d}:00"
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(moments, st.sampled_from([0, 1, None])), max_size=7, unique_by=lambda t: t[0]
    ),
    st.data(),
)
def test_a_story_of_punches_may_be_told_in_any_order(
    told: list[tuple[str, int | None]], data: st.DataObject
) -> None:
    def records(order: list[tuple[str, int | None]]) -> tuple[str, dict[str, str]]:
        events = [
            {"do": "punch", "timestamp": at, "device": "gate", "user_id": "5", "punch": code}
            for at, code in order
        ]
        shifts = [
            {"shiftId": "A", "shiftDate": "2026-03-06", "startTime": "08:00", "endTime": "12:00"},
            {"shiftId": "B", "shiftDate": "2026-03-06", "startTime": "13:00", "endTime": "17:00"},
            {"shiftId": "C", "shiftDate": "2026-03-06", "startTime": "22:00", "endTime": "06:00"},
        ]
        events.append({"do": "sweep", "at": "2026-03-08T00:00:00Z"})
        answer = simulate({"timezone": "UTC", "shifts": shifts, "events": events})
        shown = [{k: v for k, v in r.items() if k != "explain"} for r in answer["records"]]
        outcomes = dict(zip((at for at, _ in order), answer["outcomes"], strict=False))
        return json.dumps(shown), outcomes

    assert records(told) == records(data.draw(st.permutations(told)))

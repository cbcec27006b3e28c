"""A part of the calendar, loaded as `influence` says, judges as the whole does."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from attendance.domain.case import Case
from attendance.domain.influence import Influence, influence, span_of
from attendance.domain.judge import judge
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.reading import read_punches
from tests.unit.domain.builders import a_shift, at
from tests.unit.domain.rosters import cases

DEFAULT = (PolicyVersion(policy=Policy()),)


def part_of(case: Case, found: Influence) -> Case:
    reads = read_punches(case.punches, case.policies)

    def inside(punch_id: str) -> bool:
        read = reads[punch_id]
        return read is None or found.start <= read.instant <= found.end

    return replace(
        case,
        shifts=tuple(s for s in case.shifts if s.shift_id in found.shift_ids),
        punches=tuple(p for p in case.punches if inside(p.punch_id)),
        actions=tuple(a for a in case.actions if a.shift_id in found.shift_ids),
        decisions=tuple(d for d in case.decisions if d.shift_id in found.shift_ids),
    )


@settings(max_examples=300, deadline=None)
@given(cases(days=7))
def test_a_part_judges_as_the_whole(case: Case) -> None:
    whole = judge(case)
    for shift in case.shifts:
        found = influence(case.shifts, case.policies, span_of(shift, case.policies))
        assert found is not None
        part = judge(part_of(case, found))
        for shift_id in found.shift_ids:
            assert part.verdict(shift_id) == whole.verdict(shift_id)


def test_a_quiet_stretch_of_time_touches_no_shift() -> None:
    assert influence([a_shift()], DEFAULT, (at("00:00", 9), at("01:00", 9))) is None


def test_a_shift_with_days_off_around_it_stands_alone() -> None:
    week = [a_shift(f"s{day}", day=day) for day in (2, 4, 6)]
    found = influence(week, DEFAULT, (at("09:00", 4), at("09:00", 4)))
    assert found is not None
    assert found.shift_ids == ("s4",)
    assert found.first_date == found.last_date == week[1].shift_date
    assert (found.start, found.end) == (at("03:00", 4), at("09:01", 5))


def test_shifts_of_following_days_hang_together() -> None:
    week = [a_shift(f"s{day}", day=day) for day in (2, 3, 4, 6)]
    found = influence(week, DEFAULT, (at("09:00", 3), at("09:00", 3)))
    assert found is not None
    assert found.shift_ids == ("s2", "s3", "s4")
    assert found.end - found.start == timedelta(days=3, hours=6, minutes=1)

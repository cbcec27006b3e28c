"""A part of the calendar, loaded as `influence` says, judges as the whole does."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.decision import Correction
from attendance.domain.direction import Direction
from attendance.domain.influence import Influence, influence
from attendance.domain.judge import judge
from attendance.domain.openings import evidence_of
from attendance.domain.policy import Policy
from attendance.domain.policy_versions import PolicyVersion
from attendance.domain.reading import read_punches
from attendance.domain.seat import seat_of
from attendance.domain.shift import Shift
from tests.unit.domain.builders import a_case, a_punch, a_shift, at
from tests.unit.domain.rosters import cases

DEFAULT = (PolicyVersion(policy=Policy()),)


def window_of(shift: Shift, case: Case) -> tuple[datetime, datetime]:
    seat = seat_of(shift, case.policies)
    return seat.window_start, seat.window_end


def part_of(case: Case, found: Influence) -> Case:
    reads = read_punches(case.punches, case.policies)

    def inside(punch_id: str) -> bool:
        read = reads[punch_id]
        return read is None or found.start <= read.instant <= found.end

    shift_ids = {*found.shift_ids, *found.beside_ids}
    return replace(
        case,
        shifts=tuple(s for s in case.shifts if s.shift_id in shift_ids),
        punches=tuple(p for p in case.punches if inside(p.punch_id)),
        actions=tuple(a for a in case.actions if a.shift_id in shift_ids),
        decisions=tuple(d for d in case.decisions if d.shift_id in shift_ids),
    )


@settings(max_examples=300, deadline=None)
@given(cases(days=7))
def test_a_part_judges_as_the_whole(case: Case) -> None:
    whole = judge(case)
    for shift in case.shifts:
        found = influence(case.shifts, case.policies, window_of(shift, case))
        assert found is not None
        part = judge(part_of(case, found))
        for shift_id in found.shift_ids:
            assert part.verdict(shift_id) == whole.verdict(shift_id)


@settings(max_examples=300, deadline=None)
@given(cases(days=7))
def test_a_part_narrowed_by_what_is_known_judges_as_the_whole(case: Case) -> None:
    whole, known = judge(case), evidence_of(case)
    for shift in case.shifts:
        around = window_of(shift, case)
        found = influence(case.shifts, case.policies, around, evidence=known)
        assert found is not None
        part = judge(part_of(case, found))
        for shift_id in found.shift_ids:
            assert part.verdict(shift_id) == whole.verdict(shift_id)


def test_days_stand_alone_once_their_check_ins_are_too_old_to_be_open() -> None:
    week = tuple(a_shift(f"s{day}", day=day) for day in (2, 3, 4))
    punches = tuple(a_punch("08:58", 0, day=day) for day in (2, 3, 4))
    case = a_case(*week, punches=punches, policies=DEFAULT)
    around = (at("08:58", 3), at("08:58", 3))
    alone = influence(week, DEFAULT, around, evidence=evidence_of(case))
    assert alone is not None
    assert alone.shift_ids == ("s3",)
    late = replace(case, punches=(*punches[1:], a_punch("16:55", day=2)))
    together = influence(week, DEFAULT, around, evidence=evidence_of(late))
    assert together is not None
    assert together.shift_ids == ("s2", "s3")


def test_a_check_in_told_after_the_end_counts_as_open_at_the_end() -> None:
    action = Action(action_id="a", shift_id="s1", direction=Direction.IN, instant=at("19:00"))
    held = Correction(decision_id="d", shift_id="s1", decided_at=at("20:00"), check_in=at("18:00"))
    case = a_case(actions=(action,), decisions=(held,), policies=DEFAULT)
    assert all(instant < at("17:00") for instant in evidence_of(case).opening)
    found = influence(
        case.shifts, DEFAULT, (at("08:00", 7), at("08:00", 7)), evidence=evidence_of(case)
    )
    assert found is not None


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


@settings(max_examples=300, deadline=None)
@given(cases(days=7), st.integers(0, 11))
def test_a_punch_bears_on_no_shift_that_does_not_hang_together_with_it(
    case: Case, place: int
) -> None:
    if len(case.punches) <= place:
        return
    punch = case.punches[place]
    read = read_punches(case.punches, case.policies)[punch.punch_id]
    assert read is not None
    lines = tuple(p for p in case.punches if p.device_id != punch.device_id or p == punch)
    with_it = replace(case, punches=lines)
    without = replace(case, punches=tuple(p for p in lines if p != punch))
    around = (read.instant - timedelta(hours=2), read.instant + timedelta(hours=2))
    touched: set[str] = set()
    for known in (with_it, without):
        found = influence(case.shifts, case.policies, around, evidence=evidence_of(known))
        touched |= set(found.shift_ids if found else ())
    one, other = judge(with_it), judge(without)
    for shift in case.shifts:
        if shift.shift_id not in touched:
            assert one.verdict(shift.shift_id) == other.verdict(shift.shift_id)

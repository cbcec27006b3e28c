"""Edges and ties of a day that only one value to the side would show."""

from dataclasses import replace

import pytest

from attendance.domain.action import Action
from attendance.domain.decision import Correction
from attendance.domain.direction import Direction
from attendance.domain.judge import judge
from attendance.domain.person import Leave, Person
from attendance.domain.schedule import schedule, wall_time
from attendance.domain.zones import zone_named
from tests.unit.domain.builders import DAY, a_case, a_policy, a_punch, a_shift, at

SWEPT = {"s1": at("08:00", 7)}


def verdict(case, shift_id: str = "s1"):
    return judge(case).verdict(shift_id)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"received_at": at("12:00")}, {"received_at": at("12:01")}),
        ({"log_index": 0}, {"log_index": 1}),
        ({"log_index": 1}, {"log_index": 2}),
        ({"arrival": 1}, {"arrival": 2}),
        ({"punch_id": "a"}, {"punch_id": "b"}),
    ],
)
@pytest.mark.parametrize("out_first", [False, True])
def test_punches_of_one_instant_count_in_the_order_they_came(first, second, out_first) -> None:
    codes = (1, 0) if out_first else (0, 1)
    one = a_punch("12:00", codes[0], **{"punch_id": "y"} | first)
    other = a_punch("12:00", codes[1], **{"punch_id": "x"} | second)
    found = verdict(a_case(punches=(other, one)))
    assert (found.check_in, found.details.open) == (at("12:00"), out_first)


def in_pairs(*punches, code_less: str = "alternating", **rest):
    policy = a_policy(1, workedTime="pairs", directionMode=code_less)
    return verdict(a_case(punches=punches, policies=(policy,), **rest)).details.worked_minutes


def corrected_out(clock: str) -> Correction:
    return Correction(decision_id="d", shift_id="s1", decided_at=at("20:00"), check_out=at(clock))


def test_the_odd_punch_of_a_day_in_pairs_is_closed_by_the_sweep() -> None:
    three = [a_punch(clock) for clock in ("09:00", "12:00", "13:00")]
    assert in_pairs(*three) == 180
    assert in_pairs(*three, swept_at=SWEPT) == 420


def test_a_corrected_check_out_ends_the_last_pair_and_no_other() -> None:
    clocks = ("09:00", "10:00", "11:00", "12:00", "13:00", "16:00")
    six = [a_punch(clock) for clock in clocks]
    assert in_pairs(*six, decisions=(corrected_out("15:00"),)) == 240
    assert in_pairs(*six[:2], *six[4:], decisions=(corrected_out("15:00"),)) == 180


def test_an_out_alone_has_worked_nothing() -> None:
    assert verdict(a_case(punches=(a_punch("17:00", 1),))).details.worked_minutes == 0


def test_worked_time_is_rounded_on_the_wall_clock_of_the_site() -> None:
    kolkata = zone_named("Asia/Kolkata")
    times = schedule(DAY, wall_time("09:00"), wall_time("17:00"), kolkata)
    there = replace(a_shift(), start=times.start, end=times.end, zone=kolkata)
    punches = (a_punch("09:00", 0, zone=kolkata), a_punch("17:40", 1, zone=kolkata))
    case = a_case(there, punches=punches, policies=(a_policy(1, roundingMinutes=60),))
    assert verdict(case).details.worked_minutes == 540


def test_a_day_wholly_on_leave_that_is_left_open_closes_at_its_scheduled_end() -> None:
    leave = Leave(start=at("08:00"), end=at("18:00"))
    person = Person(user_id="u", leaves=(leave,))
    case = a_case(punches=(a_punch("12:00", 0),), person=person, swept_at=SWEPT)
    assert verdict(case).check_out == at("17:00")


def test_a_check_in_of_an_unknown_person_makes_no_record() -> None:
    action = Action(action_id="a", shift_id="s1", direction=Direction.IN, instant=at("09:00"))
    assert verdict(a_case(actions=(action,))).check_in == at("09:00")
    unknown = Person(user_id="u", known=False)
    assert verdict(a_case(actions=(action,), person=unknown)) is None


def by_position(*shifts, clocks: tuple[str, ...]):
    punches = tuple(a_punch(clock, 0) for clock in clocks)
    return judge(
        a_case(*shifts, punches=punches, policies=(a_policy(1, directionMode="firstLast"),))
    )


def test_where_all_keys_say_in_the_last_closes_the_day_within_and_past_the_window() -> None:
    assert by_position(clocks=("09:00", "17:30")).verdict("s1").check_out == at("17:30")
    assert by_position(clocks=("09:00", "22:00")).verdict("s1").check_out == at("22:00")


def test_where_all_keys_say_in_the_nearer_of_two_ended_shifts_is_closed() -> None:
    shifts = (a_shift("am", "08:00", "12:00"), a_shift("pm", "13:00", "14:00"))
    judged = by_position(*shifts, clocks=("08:00", "13:00", "15:00"))
    assert judged.verdict("am").check_out is None
    assert judged.verdict("pm").check_out == at("15:00")


def test_a_closed_record_is_not_closed_again_by_an_out_but_takes_it_as_its_last() -> None:
    clocks = (("09:00", 0), ("12:00", 1), ("12:30", 1))
    judged = judge(a_case(punches=tuple(a_punch(*told) for told in clocks)))
    assert [found.rule for found in judged.outcomes.values()] == ["M3", "M1", "M2"]
    assert judged.verdict("s1").check_out == at("12:30")


def test_the_end_of_the_earlier_shift_still_belongs_to_the_earlier() -> None:
    shifts = (a_shift("am", "08:00", "12:00"), a_shift("pm", "13:00", "17:00"))
    clocks = ("08:00", "11:50", "12:00")
    judged = judge(a_case(*shifts, punches=tuple(a_punch(clock) for clock in clocks)))
    assert judged.verdict("am").check_out == at("12:00")

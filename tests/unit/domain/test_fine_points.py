"""Where one step to the side would change a verdict: scopes, edges and ties."""

from dataclasses import replace
from datetime import datetime

import pytest

from attendance.domain.judge import judge
from attendance.domain.outcome import Outcome
from attendance.domain.person import Leave, Person
from attendance.domain.policy import policy_from
from attendance.domain.rounding import rounded
from attendance.domain.schedule import schedule, wall_time
from attendance.domain.status import Status
from attendance.domain.zones import zone_named
from tests.unit.domain.builders import DAY, a_case, a_policy, a_punch, a_shift, at

LATE = (a_punch("09:10", 0),)


def verdict(case, shift_id: str = "s1"):
    return judge(case).verdict(shift_id)


@pytest.mark.parametrize(
    ("place", "late_by"),
    [
        ({}, 10),
        ({"location": "plant"}, 0),
        ({"department_id": "night"}, 0),
        ({"location": "office", "department_id": "day"}, 10),
    ],
)
def test_a_shift_is_judged_by_the_policy_of_its_site_and_department(place, late_by):
    policies = (
        a_policy(1),
        a_policy(2, location="plant", lateGraceMinutes=15),
        a_policy(3, department_id="night", lateGraceMinutes=15),
    )
    case = a_case(a_shift(**place), punches=LATE, policies=policies)
    assert verdict(case).late_by_minutes == late_by


@pytest.mark.parametrize(
    ("scope", "outcome"),
    [
        ({"effective_from": DAY}, Outcome.TOO_OLD),
        ({"effective_from": DAY.replace(day=7)}, Outcome.APPLIED),
        ({"location": "plant"}, Outcome.TOO_OLD),
        ({"location": "office"}, Outcome.APPLIED),
    ],
)
def test_a_punch_is_kept_aside_by_the_policy_of_its_day_and_its_terminals_site(scope, outcome):
    punch = a_punch("09:00", 0, received_at=at("09:00", 9), location="plant")
    strict = a_policy(2, maxBackfillDays=1, **scope)
    found = judge(a_case(punches=(punch,), policies=(a_policy(1), strict)))
    assert found.outcomes[punch.punch_id].outcome is outcome


def test_a_line_given_twice_does_not_end_the_reading():
    again = replace(a_punch("08:00", 0), received_at=at("09:00"))
    case = a_case(punches=(a_punch("08:00", 0), again, a_punch("17:00", 1)))
    assert verdict(case).check_out == at("17:00")


def test_a_debounced_punch_tells_the_shift_it_was_too_near_in():
    case = a_case(punches=(a_punch("09:00", 0), a_punch("09:00:30", 0)))
    found = judge(case).outcomes["2026-03-06 09:00:30"]
    assert (found.outcome, found.shift_id) == (Outcome.DEBOUNCED, "s1")


def leaving(*spans: tuple[str, str]) -> Person:
    return Person(user_id="u", leaves=tuple(Leave(start=at(a), end=at(b)) for a, b in spans))


@pytest.mark.parametrize(
    ("spans", "out", "early"),
    [
        ((("13:00", "15:00"), ("15:00", "17:00")), "13:00", 0),
        ((("15:00", "18:00"), ("13:00", "16:00")), "13:00", 0),
        ((("14:00", "17:00"),), "13:00", 60),
        ((("14:00", "16:59"),), "16:00", 60),
    ],
)
def test_leave_moves_the_end_as_far_as_it_reaches_without_a_gap(spans, out, early):
    case = a_case(punches=(a_punch("09:00", 0), a_punch(out, 1)), person=leaving(*spans))
    assert verdict(case).details.early_leave_minutes == early


def test_leave_from_start_to_end_excuses_the_whole_shift():
    case = a_case(swept_at={"s1": at("12:00", 9)}, person=leaving(("09:00", "17:00")))
    assert verdict(case) is None
    short = a_case(swept_at={"s1": at("12:00", 9)}, person=leaving(("09:00", "16:59")))
    assert verdict(short).status == "absent"


@pytest.mark.parametrize(
    "policy", [{"absentBelowMinutes": 300}, {"missingCheckOut": "markAbsent"}], ids=str
)
def test_nobody_who_is_on_leave_for_the_whole_shift_is_ever_absent(policy):
    out = () if "missingCheckOut" in policy else (a_punch("11:00", 1),)
    person = leaving(("08:00", "18:00"))
    case = a_case(
        person=person,
        punches=(a_punch("10:00", 0), *out),
        policies=(a_policy(**policy),),
        swept_at={"s1": at("12:00", 9)},
    )
    assert verdict(case).status is Status.PRESENT
    working = replace(case, person=leaving(("08:00", "09:00")))
    assert verdict(working).status is Status.ABSENT


def test_leave_without_an_offset_is_told_in_the_clock_of_the_shift():
    zone = zone_named("America/Lima")
    times = schedule(DAY, wall_time("09:00"), wall_time("17:00"), zone)
    there = replace(a_shift(), start=times.start, end=times.end, zone=zone)
    until = datetime(2026, 3, 6, 12)
    person = Person(user_id="u", leaves=(Leave(start=until.replace(hour=8), end=until),))
    case = a_case(there, punches=(a_punch("17:30", 0),), person=person)
    assert verdict(case).late_by_minutes == 30


def test_rounding_goes_by_the_wall_clock_and_half_of_the_grid_goes_up():
    kolkata = zone_named("Asia/Kolkata")
    assert rounded(at("03:40"), 60, kolkata) == at("03:30")
    assert rounded(at("17:07:29"), 15, zone_named("UTC")) == at("17:00")
    assert rounded(at("17:07:30"), 15, zone_named("UTC")) == at("17:15")


@pytest.mark.parametrize(
    ("fields", "out", "worked", "overtime"),
    [
        ({}, "17:01", 481, 1),
        ({"overtimeThresholdMinutes": 1}, "17:01", 481, 0),
        ({"unpaidBreakMinutes": 600, "unpaidBreakAfterMinutes": 0}, "17:00", 0, 0),
    ],
)
def test_worked_time_and_overtime_at_their_edges(fields, out, worked, overtime):
    punches = (a_punch("09:00", 0), a_punch(out, 1))
    details = verdict(a_case(punches=punches, policies=(a_policy(1, **fields),))).details
    assert (details.worked_minutes, details.overtime_minutes) == (worked, overtime)


def test_a_person_is_inactive_from_the_very_instant_on():
    person = Person(user_id="u", active=False, inactive_since=at("09:00"))
    found = judge(a_case(punches=(a_punch("08:59:59", 0), a_punch("09:00", 0)), person=person))
    assert {punch_id[11:]: o.outcome for punch_id, o in found.outcomes.items()} == {
        "08:59:59": Outcome.APPLIED,
        "09:00:00": Outcome.INACTIVE_USER,
    }


def test_a_policy_says_which_field_is_wrong_and_what_was_expected():
    with pytest.raises(ValueError, match=r"^debounceSeconds: expected a whole number from 0 to 36"):
        policy_from({"debounceSeconds": 3601})

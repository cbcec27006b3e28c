"""What the explanation of an ordinary day says, word by word."""

from dataclasses import replace
from typing import Any

import pytest

from attendance.domain.person import Leave, Person
from tests.unit.domain.builders import a_case, a_punch, a_shift, at
from tests.unit.domain.explained import (
    ALTERNATING,
    DAY_OF_WORK,
    FIRST_LAST,
    LABELLED,
    came_in,
    left_early,
    not_early,
    on_time,
    passed,
    read_as,
    said_by,
    shown,
    status,
    still_open,
    told,
    went_out,
    window,
    with_policy,
    without_check_in,
    worked,
)

BOTH = "late and early at once: the policy says which is shown, the minutes of both stay"


def on_leave(begins: str, ends: str, *punches: Any) -> Any:
    leave = Leave(start=at(begins), end=at(ends))
    return a_case(punches=punches, person=Person(user_id="u", leaves=(leave,)))


def test_nothing_known_is_pending_in_its_window() -> None:
    assert told(a_case()) == [window(), status("pending")]


def test_a_whole_day_on_time() -> None:
    assert told(a_case(punches=DAY_OF_WORK)) == [
        window(),
        came_in("09:00"),
        went_out("17:00"),
        read_as("auto", "labelled", LABELLED, ("09:00", "in"), ("17:00", "out")),
        on_time("09:00"),
        not_early("17:00"),
        worked(480),
        status("present"),
    ]


def test_late_in_and_early_out_over_their_grace() -> None:
    fields = {"lateGraceMinutes": 5, "earlyLeaveGraceMinutes": 10}
    case = with_policy(a_punch("09:06", 0), a_punch("16:49", 1), **fields)
    assert told(case) == [
        window(),
        came_in("09:06"),
        went_out("16:49"),
        read_as("auto", "labelled", LABELLED, ("09:06", "in"), ("16:49", "out")),
        on_time("09:06", 6, lateGraceMinutes=5),
        left_early("16:49", 11, grace=10),
        ("lateAndEarly", BOTH, {"lateAndEarlyStatus": "leftEarly"}),
        worked(463),
        status("leftEarly"),
    ]


def test_the_first_minute_late_and_the_first_minute_early_are_spoken_of() -> None:
    case = a_case(punches=(a_punch("09:01", 0), a_punch("16:59", 1)))
    assert said_by(case, "onTime", "late", "leftEarly") == [
        on_time("09:01", 1),
        left_early("16:59", 1),
    ]


def test_within_the_grace_is_on_time_and_not_early() -> None:
    fields = {"lateGraceMinutes": 5, "earlyLeaveGraceMinutes": 10}
    case = with_policy(a_punch("09:05:59", 0), a_punch("16:50", 1), **fields)
    assert said_by(case, "onTime", "late", "leftEarly", "notEarly") == [
        on_time("09:05:59", lateGraceMinutes=5),
        not_early("16:50", earlyLeaveGraceMinutes=10),
    ]


def test_lateness_counted_from_the_end_of_the_grace_says_so() -> None:
    case = with_policy(a_punch("09:07", 0), lateGraceMinutes=5, lateCountsFrom="graceEnd")
    assert said_by(case, "late") == [
        on_time("09:07", 2, lateGraceMinutes=5, lateCountsFrom="graceEnd")
    ]


def test_without_a_grace_nobody_is_late_and_the_reason_is_told() -> None:
    case = with_policy(a_punch("11:00", 0), lateGraceMinutes=None)
    rule, _, inputs = on_time("11:00", lateGraceMinutes=None)
    text = "the policy sets no grace, and without one nobody is late"
    assert said_by(case, "onTime", "late") == [(rule, text, inputs)]


def test_without_a_grace_nobody_leaves_early_and_the_reason_is_told() -> None:
    case = with_policy(a_punch("09:00", 0), a_punch("12:00", 1), earlyLeaveGraceMinutes=None)
    rule, _, inputs = not_early("12:00", earlyLeaveGraceMinutes=None)
    text = "the policy sets no grace, and without one nobody leaves early"
    assert said_by(case, "leftEarly", "notEarly") == [(rule, text, inputs)]


@pytest.mark.parametrize("shown_as", ["leftEarly", "late"])
def test_late_and_early_at_once_names_the_status_that_the_policy_shows(shown_as) -> None:
    case = with_policy(a_punch("09:10", 0), a_punch("16:00", 1), lateAndEarlyStatus=shown_as)
    assert said_by(case, "lateAndEarly", "status") == [
        ("lateAndEarly", BOTH, {"lateAndEarlyStatus": shown_as}),
        status(shown_as),
    ]


@pytest.mark.parametrize(("word", "shown_as"), [("decided", "present"), ("pending", "pending")])
def test_a_record_that_is_open_tells_what_the_policy_shows_so_long(word, shown_as) -> None:
    case = with_policy(a_punch("09:00", 0), openStatus=word)
    assert told(case)[3:] == [on_time("09:00"), still_open(word), status(shown_as)]


@pytest.mark.parametrize("word", ["record", "ignore"])
def test_a_holiday_is_spoken_of_with_what_becomes_of_punches(word) -> None:
    case = with_policy(*DAY_OF_WORK, holidayPunches=word)
    off = replace(case, shifts=(a_shift(holiday=True),))
    text = "the day is a holiday: nobody is absent by itself, and who comes is judged"
    assert said_by(off, "holiday") == [("holiday", text, {"holidayPunches": word})]


def test_leave_over_the_start_moves_the_start_that_lateness_is_measured_from() -> None:
    case = on_leave("08:00", "11:00", a_punch("11:03", 0), a_punch("17:00", 1))
    moved = {"start": shown("11:00"), "end": shown("17:00")}
    text = "leave moves the start or the end from which lateness is measured"
    assert told(case)[4:] == [
        ("leave", text, moved),
        on_time("11:03", 3, start=shown("11:00")),
        not_early("17:00"),
        worked(357),
        status("late"),
    ]


def test_leave_over_the_end_moves_the_end_that_early_leave_is_measured_from() -> None:
    case = on_leave("15:00", "18:00", a_punch("09:00", 0), a_punch("14:30", 1))
    text = "leave moves the start or the end from which lateness is measured"
    assert said_by(case, "leave", "leftEarly") == [
        ("leave", text, {"start": shown("09:00"), "end": shown("15:00")}),
        left_early("14:30", 30, end="15:00"),
    ]


def test_leave_over_the_whole_shift_excuses_who_comes_all_the_same() -> None:
    case = on_leave("08:00", "18:00", a_punch("12:00", 0), a_punch("13:00", 1))
    rule, _, inputs = on_time("12:00")
    out = not_early("13:00")[2]
    assert told(case)[4:] == [
        ("leave", "leave covers the whole shift: neither late nor early, never absent", {}),
        (rule, "leave covers the whole shift, and nobody on leave is late", inputs),
        ("notEarly", "leave covers the whole shift, and nobody on leave leaves early", out),
        worked(60),
        status("present"),
    ]


def test_leave_beside_the_shift_is_not_spoken_of() -> None:
    assert said_by(on_leave("06:00", "09:00", *DAY_OF_WORK), "leave") == []


@pytest.mark.parametrize(
    ("asked", "used", "text"),
    [
        ("auto", "firstLast", FIRST_LAST),
        ("firstLast", "firstLast", FIRST_LAST),
        ("alternating", "alternating", ALTERNATING),
    ],
)
def test_punches_without_direction_are_read_by_their_place(asked, used, text) -> None:
    case = with_policy(a_punch("09:00"), a_punch("17:00"), directionMode=asked)
    assert told(case) == [
        window(),
        passed("09:00"),
        passed("17:00"),
        read_as(asked, used, text, ("09:00", None), ("17:00", None)),
        on_time("09:00"),
        not_early("17:00"),
        worked(480),
        status("present"),
    ]


def test_a_company_that_goes_by_labels_says_so() -> None:
    assert said_by(with_policy(directionMode="labelled"), "directionMode") == [
        read_as("labelled", "labelled", LABELLED, ("09:00", "in"), ("17:00", "out"))
    ]


def test_an_out_alone_has_neither_lateness_nor_work() -> None:
    assert told(a_case(punches=(a_punch("17:00", 1),)))[2:] == [
        read_as("auto", "labelled", LABELLED, ("17:00", "out")),
        not_early("17:00"),
        without_check_in("17:00"),
        status("pending"),
    ]


def test_a_shift_of_another_hour_shows_its_own_window() -> None:
    case = a_case(a_shift(start="10:00", end="12:00"))
    assert told(case)[0] == window("08:00", "10:00", "12:00", "16:00")

"""How far days hang together, by when each record surely began."""

from dataclasses import replace
from datetime import timedelta

import pytest

from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.decision import Correction
from attendance.domain.direction import Direction
from attendance.domain.influence import Influence, influence
from attendance.domain.openings import evidence_of
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from tests.unit.domain.builders import a_case, a_policy, a_punch, a_shift, at

IN, OUT, NONE = 0, 1, 255
MONTH = range(1, 29)
MIDDLE = (at("08:00", 14), at("08:00", 14))


def around_the_middle(case: Case) -> Influence:
    found = influence(case.shifts, case.policies, MIDDLE, evidence=evidence_of(case))
    assert found is not None
    return found


def twelve_hours(*punches: tuple[str, int], **fields: object) -> Case:
    """Twelve hours on every day of four weeks, with the same punches each day."""
    return a_case(
        *(a_shift(f"s{day}", "08:00", "20:00", day=day) for day in MONTH),
        punches=tuple(a_punch(clock, code, day=day) for day in MONTH for clock, code in punches),
        policies=(a_policy(**fields),),
    )


def shifts_on(case: Case) -> list[int]:
    return [int(shift_id[1:]) for shift_id in around_the_middle(case).shift_ids]


@pytest.mark.parametrize("mode", ["auto", "labelled", "firstLast", "alternating"])
def test_twelve_hours_every_day_do_not_make_one_chain(mode: str) -> None:
    case = twelve_hours(("07:55", IN), ("19:58", OUT), directionMode=mode)
    assert shifts_on(case) == [14]


@pytest.mark.parametrize("mode", ["auto", "firstLast", "alternating"])
def test_nor_do_they_where_no_key_tells_the_direction(mode: str) -> None:
    assert shifts_on(twelve_hours(("07:55", NONE), ("19:58", NONE), directionMode=mode)) == [14]


def test_nor_do_check_ins_through_the_api_and_corrected_ones() -> None:
    case = twelve_hours()
    said = tuple(
        Action(action_id=f"a{day}-{d}", shift_id=f"s{day}", direction=d, instant=at(clock, day))
        for day in MONTH
        for d, clock in ((Direction.IN, "07:59"), (Direction.OUT, "19:58"))
    )
    assert shifts_on(replace(case, actions=said)) == [14]
    early = Correction(
        decision_id="d", shift_id="s13", decided_at=at("20:00", 13), check_in=at("07:30", 13)
    )
    assert shifts_on(replace(case, actions=said, decisions=(early,))) == [14]
    late = replace(early, check_in=at("16:00", 13))
    assert shifts_on(replace(case, actions=said, decisions=(late,))) == [13, 14]


@pytest.mark.parametrize(
    ("first", "fields"),
    [
        ((), {}),
        ((("07:55", OUT),), {}),
        ((("07:55", NONE),), {"directionMode": "labelled"}),
        ((("07:54", OUT), ("07:54", NONE)), {"directionMode": "firstLast"}),
    ],
)
def test_an_arrival_that_is_not_sure_leaves_the_day_open_till_the_last_punch(
    first: tuple[tuple[str, int], ...], fields: dict[str, object]
) -> None:
    twice = {(day, n): f"{day}-{n}" for day in MONTH for n in range(3)}
    case = twelve_hours(**fields)
    punches = tuple(
        replace(a_punch(clock, code, day=day), punch_id=twice[day, n])
        for day in MONTH
        for n, (clock, code) in enumerate((*first, ("19:58", NONE)))
    )
    assert shifts_on(replace(case, punches=punches)) == list(MONTH)


def test_a_punch_just_after_another_is_no_sure_arrival() -> None:
    times = {"debounceSeconds": 600, "directionMode": "firstLast"}
    near = twelve_hours(("07:45", OUT), ("07:54:59", NONE), ("19:58", NONE), **times)
    assert shifts_on(near) == list(MONTH)
    apart = twelve_hours(("07:45", OUT), ("07:55", NONE), ("19:58", NONE), **times)
    assert shifts_on(apart) == [14]


def test_a_punch_in_two_windows_is_no_sure_arrival() -> None:
    case = twelve_hours(("07:55", NONE), ("19:58", NONE))
    nights = tuple(a_shift(f"n{day}", "21:00", "05:00", day=day) for day in (13, 14))
    found = around_the_middle(replace(case, shifts=(*case.shifts, *nights)))
    assert {"s13", "n13", "s14"} <= set(found.shift_ids)


def test_a_punch_on_a_holiday_that_ignores_punches_opens_nothing_and_proves_nothing() -> None:
    case = twelve_hours(("07:55", IN), holidayPunches="ignore")
    said = Action(action_id="a", shift_id="s13", direction=Direction.IN, instant=at("16:00", 13))
    shifts = tuple(replace(s, holiday=s.shift_id == "s13") for s in case.shifts)
    case = replace(case, shifts=shifts, actions=(said,))
    assert shifts_on(case) == [13, 14]


def test_what_is_not_replayed_opens_nothing() -> None:
    def later(punch: Punch) -> Punch:
        return replace(punch, received_at=at("20:00", 28) + timedelta(days=90))

    case = twelve_hours(("19:58", NONE))
    quarantined = replace(case, punches=tuple(map(later, case.punches)))
    assert shifts_on(quarantined) == [14]
    someone_else = replace(case, person=Person(user_id="u", numbers=frozenset({"6"})))
    assert shifts_on(someone_else) == [14]


def test_an_action_far_from_its_shift_is_its_shift_s_all_the_same() -> None:
    far = Action(action_id="a", shift_id="s9", direction=Direction.IN, instant=at("08:00:30", 14))
    case = replace(twelve_hours(("07:55", IN), ("20:05", OUT)), actions=(far,))
    assert 9 in shifts_on(case)


def test_neighbours_are_loaded_beside_when_they_may_take_what_holds_an_absence_back() -> None:
    case = a_case(
        a_shift("day", "08:00", "12:00", day=14),
        a_shift("late", "20:00", "23:00", day=14),
        a_shift("next", "08:00", "09:00", day=15),
        policies=(a_policy(acceptOutAfterWindow=False),),
    )
    found = influence(
        case.shifts, case.policies, (at("07:00", 14), at("07:00", 14)), evidence=evidence_of(case)
    )
    assert found is not None
    assert (found.shift_ids, found.beside_ids) == (("day", "late"), ("next",))
    assert (found.start, found.end) == (at("02:00", 14), at("17:01", 15))


def test_what_was_said_of_a_shift_that_was_taken_away_opens_nothing() -> None:
    gone = tuple(
        Action(action_id=f"a{d}", shift_id="gone", direction=d, instant=at("19:00", 13))
        for d in Direction
    )
    held = Correction(
        decision_id="d", shift_id="gone", decided_at=at("20:00", 13), check_in=at("18:00", 13)
    )
    case = twelve_hours(("07:55", IN), ("19:58", OUT))
    assert shifts_on(replace(case, actions=gone, decisions=(held,))) == [14]


def test_a_working_day_of_a_company_that_ignores_punches_on_holidays_begins_as_any_other() -> None:
    case = twelve_hours(("07:55", IN), ("19:58", OUT), holidayPunches="ignore")
    assert shifts_on(case) == [14]


@pytest.mark.parametrize(("clock", "expected"), [("06:00", [13, 14]), ("06:01", [14])])
def test_days_that_meet_in_one_instant_hang_together(clock: str, expected: list[int]) -> None:
    """A day begins at 06:00; the one before is open 16 hours and a minute after its arrival."""
    arrival = {"06:00": "13:59", "06:01": "13:58"}[clock]
    case = twelve_hours()
    came = a_punch(arrival, NONE, day=13)
    assert shifts_on(replace(case, punches=(came,))) == expected

"""A punch is read by the policy of the shift it was made at (rules.md sections 3 and 9)."""

from datetime import date

import pytest

from attendance.domain.judge import judge
from attendance.domain.openings import evidence_of
from attendance.domain.outcome import Outcome
from tests.unit.domain.builders import a_case, a_policy, a_punch, a_shift, at

SWAPPED = {"0": "out", "1": "in"}


def test_the_morning_after_a_night_is_read_by_the_policy_of_the_night() -> None:
    night = a_shift("night", "22:00", "06:00")
    tomorrow = a_policy(2, punchCodeMap=SWAPPED, effective_from=date(2026, 3, 7))
    punches = (a_punch("21:58", 0), a_punch("06:01", 1, day=7))
    found = judge(a_case(night, punches=punches, policies=(a_policy(), tomorrow)))
    verdict = found.verdict("night")
    assert verdict is not None
    assert (verdict.check_in, verdict.check_out) == (at("21:58"), at("06:01", 7))


def test_the_first_shift_under_a_new_policy_is_read_by_it_from_the_evening_before() -> None:
    early = a_shift("early", "00:30", "08:30", day=7)
    tomorrow = a_policy(2, punchCodeMap=SWAPPED, effective_from=date(2026, 3, 7))
    punches = (a_punch("23:50", 1), a_punch("08:31", 0, day=7))
    found = judge(a_case(early, punches=punches, policies=(a_policy(), tomorrow)))
    verdict = found.verdict("early")
    assert verdict is not None
    assert (verdict.check_in, verdict.check_out) == (at("23:50"), at("08:31", 7))


def test_the_code_map_and_the_debounce_of_a_department_hold_for_its_shifts() -> None:
    own = a_policy(2, punchCodeMap=SWAPPED, debounceSeconds=600, department_id="kitchen")
    punches = (a_punch("08:58", 1), a_punch("09:05", 1), a_punch("17:01", 0))
    found = judge(
        a_case(a_shift(department_id="kitchen"), punches=punches, policies=(a_policy(), own))
    )
    verdict = found.verdict("s1")
    assert verdict is not None
    assert (verdict.check_in, verdict.check_out) == (at("08:58"), at("17:01"))
    assert found.outcomes[punches[1].punch_id].outcome is Outcome.DEBOUNCED


@pytest.mark.parametrize(
    ("site", "direction"), [("plant", "in"), ("office", "out"), (None, "in")], ids=str
)
def test_a_key_means_what_it_means_at_the_terminals_site(site, direction) -> None:
    own = a_policy(2, punchCodeMap=SWAPPED, location="plant")
    case = a_case(
        a_shift(location="plant"),
        punches=(a_punch("08:58", 1, location=site),),
        policies=(a_policy(), own),
    )
    assert [str(item.direction) for item in evidence_of(case).replayed] == [direction]


def test_between_two_shifts_the_nearer_one_says_how_a_punch_is_read() -> None:
    own = a_policy(2, punchCodeMap=SWAPPED, department_id="kitchen")
    shifts = (a_shift("am", "08:00", "12:00"), a_shift("pm", "13:00", "17:00"))
    kitchen = a_shift("pm", "13:00", "17:00", department_id="kitchen")
    punches = (
        a_punch("07:58", 0),
        a_punch("12:05", 1),
        a_punch("12:55", 1),
        a_punch("17:02", 0),
    )
    found = judge(a_case(shifts[0], kitchen, punches=punches, policies=(a_policy(), own)))
    times = [(v.check_in, v.check_out) for v in map(found.verdict, ("am", "pm")) if v]
    assert times == [(at("07:58"), at("12:05")), (at("12:55"), at("17:02"))]


def test_a_punch_that_no_window_holds_is_read_by_the_policy_of_its_day() -> None:
    own = a_policy(2, punchCodeMap=SWAPPED, department_id="kitchen")
    punches = (a_punch("08:58", 1), a_punch("23:00", 1))
    found = judge(
        a_case(a_shift(department_id="kitchen"), punches=punches, policies=(a_policy(), own))
    )
    verdict = found.verdict("s1")
    assert verdict is not None
    assert (verdict.check_in, verdict.check_out) == (at("08:58"), at("23:00"))


def test_who_looks_how_far_the_evidence_reaches_reads_it_the_same_way() -> None:
    own = a_policy(2, punchCodeMap=SWAPPED, department_id="kitchen")
    case = a_case(a_shift(department_id="kitchen"), punches=(a_punch("08:58", 1),), policies=(own,))
    assert [str(item.direction) for item in evidence_of(case).replayed] == ["in"]

"""Which punches an explanation names, by which line of the matching table, in which order."""

from dataclasses import replace
from datetime import datetime

import pytest

from attendance.domain.case import Case
from attendance.domain.decision import MarkAbsent
from attendance.domain.explanation import Explanation, PunchNote
from attendance.domain.judge import judge
from attendance.domain.outcome import Outcome
from attendance.domain.zones import zone_named
from tests.unit.domain.builders import a_case, a_policy, a_punch, a_shift, at
from tests.unit.domain.explained import came_in, matched, passed, shown, told, went_out

MORNING = a_shift("am", "08:00", "12:00")
AFTERNOON = a_shift("pm", "13:00", "17:00")
M2 = "an OUT with nothing open goes to the shift with the nearest scheduled end"
M5 = "a punch past every window goes to the record with the latest check-in"
M6A = "of several shifts the earlier has no record yet: the nearest start takes it"
M6B = "of several shifts the earlier has a record and has not ended: it takes it"
M6C = (
    "of several shifts the earlier is open and over: it is closed before the later is opened, "
    "unless the later's start is nearer than its end"
)
M6E = "of several shifts the earlier is closed and over: the later takes it"


def explanation(case: Case, shift_id: str = "s1") -> Explanation:
    return judge(case).explanation(shift_id)


def short(notes: tuple[PunchNote, ...]) -> list[tuple[str, str, str | None]]:
    return [(note.punch_id[8:16], str(note.outcome), note.rule) for note in notes]


@pytest.mark.parametrize(
    ("codes", "last", "reasons"),
    [
        ((0, 1), "17:00", [came_in("09:00"), went_out("17:00")]),
        ((1, 1), "17:00", [matched("M2", M2, "09:00"), matched("M2", M2, "17:00")]),
        ((None, None), "17:00", [passed("09:00"), passed("17:00")]),
    ],
)
def test_a_punch_is_told_with_the_line_that_decided(codes, last, reasons) -> None:
    case = a_case(punches=(a_punch("09:00", codes[0]), a_punch(last, codes[1])))
    assert told(case)[1:3] == reasons


def test_a_punch_past_the_window_is_told_without_candidates() -> None:
    case = a_case(punches=(a_punch("09:00"), a_punch("22:00")))
    inputs = {"punch": "2026-03-06 22:00:00", "at": shown("22:00"), "candidates": []}
    assert told(case)[1:3] == [passed("09:00"), ("M5", M5, inputs)]
    assert explanation(case).candidates == {"2026-03-06 09:00:00": ("s1",)}


def test_a_punch_between_two_shifts_names_both_candidates() -> None:
    case = a_case(MORNING, AFTERNOON, punches=(a_punch("08:00"), a_punch("12:20")))
    assert told(case, "am")[1:3] == [
        passed("08:00", "am"),
        matched("M6", M6C, "12:20", "am", "pm"),
    ]
    assert explanation(case, "am").candidates == {
        "2026-03-06 08:00:00": ("am",),
        "2026-03-06 12:20:00": ("am", "pm"),
    }
    assert explanation(case, "pm").candidates == {}
    assert explanation(case, "pm").used == ()


@pytest.mark.parametrize(
    ("before", "clock", "shift_id", "text"),
    [
        ((), "11:00", "pm", M6A),
        (("08:00",), "12:00", "am", M6B),
        (("08:00",), "12:31", "pm", M6C),
        (("08:00", "12:00"), "12:05", "pm", M6E),
    ],
)
def test_of_several_shifts_the_line_that_decided_is_told(before, clock, shift_id, text) -> None:
    punches = (*map(a_punch, before), a_punch(clock))
    told_of = matched("M6", text, clock, "am", "pm")
    assert told_of in told(a_case(MORNING, AFTERNOON, punches=punches), shift_id)


def test_notes_of_used_and_ignored_punches_are_whole() -> None:
    case = a_case(punches=(a_punch("09:00:20", 0), a_punch("09:00", 0)))
    found = explanation(case)
    assert found.used == (
        PunchNote(
            punch_id="2026-03-06 09:00:00",
            instant=at("09:00"),
            outcome=Outcome.APPLIED,
            rule="M3",
            line="M3",
            candidates=("s1",),
        ),
    )
    assert found.ignored == (
        PunchNote(
            punch_id="2026-03-06 09:00:20",
            instant=at("09:00:20"),
            outcome=Outcome.DEBOUNCED,
            rule=None,
            line=None,
            candidates=(),
        ),
    )


def test_notes_stand_in_the_order_of_time_and_then_of_their_ids() -> None:
    twins = (a_punch("17:00", 1, punch_id="b" * 16), a_punch("17:00", 1, punch_id="a" * 16))
    early = a_punch("08:00", 1, punch_id="z" * 16)
    late_line = a_punch("09:00", 0, punch_id="c" * 16, arrival=5)
    case = a_case(punches=(*twins, late_line, early), policies=(a_policy(1, debounceSeconds=0),))
    found = explanation(case)
    assert [note.punch_id[0] for note in found.used] == ["z", "c", "a", "b"]


@pytest.mark.parametrize(
    ("clock", "day", "named"),
    [
        ("02:59:59", 6, False),
        ("03:00", 6, True),
        ("06:59", 6, True),
        ("09:00", 7, True),
        ("09:00:01", 7, False),
    ],
)
def test_a_stray_punch_is_named_from_four_hours_before_to_the_last_reach(clock, day, named) -> None:
    case = a_case(punches=(a_punch(clock, 0, day=day),))
    told_of = [(f"{day:02} {clock}"[:8], "unmatched", "M3")] if named else []
    assert short(explanation(case).ignored) == told_of


@pytest.mark.parametrize(("clock", "named"), [("01:00", True), ("01:00:01", False)])
def test_where_no_late_out_is_taken_strays_are_named_four_hours_past_the_window(
    clock, named
) -> None:
    strict = a_policy(1, acceptOutAfterWindow=False)
    case = a_case(punches=(a_punch(clock, 0, day=7),), policies=(strict,))
    assert bool(explanation(case).ignored) is named


def test_a_punch_is_named_by_the_shift_it_went_to_and_by_no_other() -> None:
    case = a_case(MORNING, AFTERNOON, punches=(a_punch("08:00", 0), a_punch("13:00", 0)))
    assert short(explanation(case, "am").used) == [("06 08:00", "applied", "M3")]
    assert short(explanation(case, "pm").used) == [("06 13:00", "applied", "M3")]
    assert explanation(case, "am").ignored == explanation(case, "pm").ignored == ()


def test_a_conflict_is_named_as_ignored_by_the_shift_that_claimed_it() -> None:
    absent = MarkAbsent(decision_id="d", shift_id="s1", decided_at=at("18:00"))
    found = explanation(a_case(punches=(a_punch("09:00", 0),), decisions=(absent,)))
    assert short(found.ignored) == [("06 09:00", "conflict", "M3")]
    assert found.used == ()
    assert found.candidates == {"2026-03-06 09:00:00": ("s1",)}


def test_a_punch_kept_aside_is_named_without_a_line() -> None:
    ahead = a_punch("12:00", 0, received_at=at("11:00"))
    assert short(explanation(a_case(punches=(ahead,))).ignored) == [
        ("06 12:00", "futureClock", None)
    ]


def test_a_punch_whose_time_cannot_be_read_is_near_no_shift() -> None:
    beyond = replace(a_punch("09:00", 0), wall=datetime.max, zone=zone_named("America/Lima"))
    case = a_case(punches=(beyond,))
    assert judge(case).outcomes[beyond.punch_id].outcome is Outcome.INVALID_TIME
    assert explanation(case).ignored == ()

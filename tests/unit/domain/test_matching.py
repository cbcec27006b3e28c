"""rules.md section 2: which shift a punch goes to. A morning and an afternoon shift, and nights."""

import pytest

from tests.unit.domain.tale import Tale, shift

IN, OUT, NONE = 0, 1, None


def two_shifts(**rest: object) -> Tale:
    """A of 08:00 to 12:00 (window 06:00 to 16:00), B of 13:00 to 17:00 (11:00 to 21:00)."""
    return Tale(shift("A", "08:00", "12:00"), shift("B", "13:00", "17:00"), **rest)


def nights() -> Tale:
    """Two nights of 22:00 to 06:00; windows 20:00 to 10:00."""
    return Tale(shift("A", "22:00", "06:00"), shift("B", "22:00", "06:00", "2026-03-07"))


@pytest.mark.parametrize(
    ("at", "outcome"),
    [("06:59:59", "unmatched"), ("07:00:00", "applied"), ("21:00:00", "applied")],
)
def test_both_ends_of_the_window_count(at: str, outcome: str) -> None:
    assert Tale().punch(at).tell().outcomes == [outcome]


def test_after_the_window_nothing_is_opened() -> None:
    answer = Tale().punch("21:00:01").tell()
    assert answer.outcomes == ["unmatched"]
    assert answer.records == {}


def test_m1_an_out_closes_the_open_record_though_another_window_holds_it() -> None:
    answer = two_shifts().punches(("08:00", IN), ("12:55", OUT)).tell()
    assert answer.times("A") == ("08:00:00", "12:55:00")
    assert "B" not in answer.records
    assert "M1" in answer.rules("A")


def test_m1_of_two_open_records_the_latest_check_in_is_closed() -> None:
    answer = two_shifts().punches(("08:00", IN), ("12:59", IN), ("13:30", OUT)).tell()
    assert answer.times("A") == ("08:00:00", None)
    assert answer.times("B") == ("12:59:00", "13:30:00")


@pytest.mark.parametrize(
    ("at", "outcome"), [("07T01:00:00", "applied"), ("07T01:00:01", "unmatched")]
)
def test_m1_past_the_window_an_out_closes_up_to_max_open_minutes(at: str, outcome: str) -> None:
    answer = Tale().punches(("09:00", IN), (at, OUT)).tell()
    assert answer.outcomes[1] == outcome


def test_m1_past_the_window_needs_accept_out_after_window() -> None:
    tale = Tale(policy={"acceptOutAfterWindow": False}).punches(("09:00", IN), ("22:00", OUT))
    assert tale.tell().outcomes == ["applied", "unmatched"]


def test_m1_inside_the_window_max_open_minutes_is_not_asked() -> None:
    tale = Tale(policy={"maxOpenMinutes": 60}).punches(("09:00", IN), ("17:00", OUT))
    assert tale.tell().times() == ("09:00:00", "17:00:00")


def test_m1_the_night_keeps_its_out_when_the_next_window_has_begun() -> None:
    day = shift("B", "09:00", "17:00", "2026-03-07")
    tale = Tale(shift("A", "22:00", "06:00"), day).punches(("22:00", IN), ("07T08:30", OUT))
    answer = tale.tell()
    assert answer.times("A") == ("22:00:00", "07T08:30:00")
    assert "B" not in answer.records


def test_m2_an_out_with_nothing_open_goes_to_the_nearest_scheduled_end() -> None:
    answer = two_shifts().punch("14:25", OUT).tell()
    assert answer.times("A") == (None, "14:25:00")
    answer = two_shifts().punch("14:35", OUT).tell()
    assert answer.times("B") == (None, "14:35:00")


def test_m2_a_tie_of_ends_is_the_earlier_shifts() -> None:
    assert list(two_shifts().punch("14:30", OUT).tell().records) == ["A"]


def test_m2_an_out_in_no_window_is_unmatched() -> None:
    answer = Tale().punch("06:00", OUT).tell()
    assert answer.outcomes == ["unmatched"]


def test_m3_in_with_one_candidate_goes_to_it() -> None:
    answer = Tale().punch("08:55", IN).tell()
    assert answer.times() == ("08:55:00", None)
    assert "M3" in answer.rules()


def test_m3_in_with_several_candidates_takes_the_nearest_start() -> None:
    assert list(two_shifts().punch("11:10", IN).tell().records) == ["B"]


def test_m3_in_forgets_shifts_that_have_ended() -> None:
    answer = two_shifts().punches(("08:00", IN), ("12:00", IN)).tell()
    assert answer.times("A") == ("08:00:00", None)
    assert answer.times("B") == ("12:00:00", None)


@pytest.mark.parametrize("at", ["17:00:00", "17:30:00"])
def test_m3_in_at_or_after_the_end_is_unmatched_and_opens_nothing(at: str) -> None:
    answer = Tale().punch(at, IN).tell()
    assert answer.outcomes == ["unmatched"]
    assert answer.records == {}


def test_m4_unlabelled_with_one_candidate_goes_to_it() -> None:
    answer = Tale().punch("17:30", NONE).tell()
    assert answer.times() == (None, "17:30:00")
    assert "M4" in answer.rules()


def test_m5_unlabelled_past_every_window_closes_the_open_record() -> None:
    answer = Tale().punches(("09:00", NONE), ("23:00", NONE)).tell()
    assert answer.times() == ("09:00:00", "23:00:00")
    assert "M5" in answer.rules()


def test_m5_first_last_moves_its_provisional_check_out() -> None:
    answer = Tale().punches(("09:00", NONE), ("17:00", NONE), ("23:00", NONE)).tell()
    assert answer.times() == ("09:00:00", "23:00:00")


def test_m5_a_closed_labelled_record_takes_nothing_more() -> None:
    answer = Tale().punches(("09:00", IN), ("17:00", OUT), ("23:00", NONE)).tell()
    assert answer.outcomes == ["applied", "applied", "unmatched"]


def test_m5_an_alternating_record_closed_by_an_even_count_takes_nothing_more() -> None:
    tale = Tale(policy={"directionMode": "alternating"})
    answer = tale.punches(("09:00", NONE), ("17:00", NONE), ("23:00", NONE)).tell()
    assert answer.outcomes == ["applied", "applied", "unmatched"]


@pytest.mark.parametrize(
    ("at", "outcome"), [("07T01:00:00", "applied"), ("07T01:00:01", "unmatched")]
)
def test_m5_ends_after_max_open_minutes(at: str, outcome: str) -> None:
    assert Tale().punches(("09:00", NONE), (at, NONE)).tell().outcomes[1] == outcome


def test_m5_needs_accept_out_after_window() -> None:
    tale = Tale(policy={"acceptOutAfterWindow": False}).punches(("09:00", NONE), ("22:00", NONE))
    assert tale.tell().outcomes == ["applied", "unmatched"]


def test_m5_asks_only_the_record_with_the_latest_check_in() -> None:
    tale = Tale(shift("A", "08:00", "12:00"), shift("B", "12:00", "16:00"))
    answer = tale.punches(("08:00", IN), ("12:30", IN), ("16:00", OUT), ("20:30", NONE)).tell()
    assert answer.outcomes[-1] == "unmatched"
    assert answer.times("A") == ("08:00:00", None)


def test_m6_nothing_yet_takes_the_nearest_start_and_a_tie_is_the_earlier() -> None:
    for at, owner in (("11:00", "B"), ("10:31", "A"), ("12:00", "B")):
        assert list(two_shifts().punch(at, NONE).tell().records) == [owner]
    wide = {"windowBeforeMinutes": 180}
    assert list(two_shifts(policy=wide).punch("10:30", NONE).tell().records) == ["A"]
    assert list(two_shifts(policy=wide).punch("10:31", NONE).tell().records) == ["B"]


def test_m6_existing_keeps_what_comes_up_to_its_end() -> None:
    for direction in (NONE, IN):
        answer = two_shifts().punches(("08:00", direction), ("11:59", direction)).tell()
        assert list(answer.records) == ["A"]
    assert list(two_shifts().punches(("08:00", NONE), ("12:00", NONE)).tell().records) == ["A"]


@pytest.mark.parametrize(("at", "owner"), [("12:29:00", "A"), ("12:30:00", "A"), ("12:30:01", "B")])
def test_m6_open_closes_before_it_opens_the_next(at: str, owner: str) -> None:
    answer = two_shifts().punches(("08:00", NONE), (at, NONE)).tell()
    assert answer.times("A") == ("08:00:00", at if owner == "A" else None)
    assert ("B" in answer.records) == (owner == "B")


def test_m6_open_and_an_in_after_its_end_goes_to_the_later() -> None:
    answer = two_shifts().punches(("08:00", IN), ("12:05", IN)).tell()
    assert answer.times("B") == ("12:05:00", None)


def test_m6_closed_gives_what_comes_after_its_end_to_the_later() -> None:
    answer = two_shifts().punches(("08:00", NONE), ("12:00", NONE), ("12:10", NONE)).tell()
    assert answer.times("A") == ("08:00:00", "12:00:00")
    assert answer.times("B") == ("12:10:00", None)


def test_m6_an_out_without_check_in_is_closed_too() -> None:
    answer = two_shifts().punches(("11:50", OUT), ("12:05", NONE)).tell()
    assert answer.times("A") == (None, "11:50:00")
    assert answer.times("B") == ("12:05:00", None)


def test_m6_three_candidates_are_folded_pairwise() -> None:
    three = [
        shift("A", "08:00", "10:00"),
        shift("B", "10:00", "12:00"),
        shift("C", "12:00", "14:00"),
    ]
    answer = Tale(*three).punches(("08:00", NONE), ("10:00", NONE), ("11:30", NONE)).tell()
    assert list(answer.records) == ["A", "C"]
    answer = Tale(*three).punches(("08:00", NONE), ("10:00", NONE), ("10:30", NONE)).tell()
    assert list(answer.records) == ["A", "B"]


def test_a_correction_that_opens_a_record_counts_for_the_matching() -> None:
    tale = two_shifts().correct(shiftId="A", check_in="08:00").punch("12:20", NONE)
    assert tale.tell().times("A") == ("08:00:00", "12:20:00")
    tale = two_shifts().correct(shiftId="A", check_in="08:00").punch("12:20", OUT)
    assert tale.tell().times("A") == ("08:00:00", "12:20:00")
    tale = two_shifts().correct(shiftId="A", check_in="08:00", check_out="12:00")
    assert list(tale.punch("12:20", NONE).tell().records) == ["A", "B"]


def test_unmatched_comes_alive_when_the_window_is_widened() -> None:
    tale = Tale().punch("06:30", IN)
    assert tale.tell().outcomes == ["unmatched"]
    answer = tale.do("setPolicy", set={"windowBeforeMinutes": 180}).tell()
    assert answer.outcomes == ["applied", "ok"]
    assert answer.times() == ("06:30:00", None)


def test_a_punch_of_somebody_not_assigned_comes_alive_with_the_assignment() -> None:
    tale = Tale(shift("s1", assigned=False)).punch("09:00", IN)
    assert tale.tell().outcomes == ["unmatched"]
    answer = tale.do("assign", shiftId="s1").tell()
    assert answer.outcomes == ["applied", "ok"]
    assert answer.status() == "present"


def test_an_unknown_number_comes_alive_when_it_is_mapped() -> None:
    tale = Tale(person={"deviceUserIds": ["5"]}).punch("09:00", IN, user_id="77")
    assert tale.tell().outcomes == ["unknownUser"]
    answer = tale.do("mapNumber", user_id="77").tell()
    assert answer.outcomes == ["applied", "ok"]


def test_a_punch_of_an_unknown_person_is_an_unknown_user() -> None:
    assert Tale(person={"known": False}).punch("09:00", IN).tell().outcomes == ["unknownUser"]


def test_a_punch_of_an_inactive_person_is_kept_apart() -> None:
    answer = Tale(person={"active": False}).punch("09:00", IN).tell()
    assert answer.outcomes == ["inactiveUser"]
    assert answer.records == {}


def test_touching_shifts_of_a_day_have_a_record_each() -> None:
    tale = Tale(shift("A", "08:00", "12:00"), shift("B", "12:00", "16:00"))
    answer = tale.punches(("08:00", IN), ("12:00", OUT), ("12:01", IN), ("16:00", OUT)).tell()
    assert answer.times("A") == ("08:00:00", "12:00:00")
    assert answer.times("B") == ("12:01:00", "16:00:00")


def test_who_forgot_to_check_out_yesterday_checks_in_today() -> None:
    tale = Tale(shift("A"), shift("B", day="2026-03-07")).punches(("09:00", IN), ("07T09:00", IN))
    answer = tale.tell()
    assert answer.times("A") == ("09:00:00", None)
    assert answer.times("B") == ("07T09:00:00", None)
    assert answer.details("A")["open"] is True


def test_two_nights_are_told_apart() -> None:
    tale = nights().punches(("21:55", NONE), ("07T06:02", NONE), ("07T21:58", NONE))
    answer = tale.punch("08T06:01", NONE).tell()
    assert answer.times("A") == ("21:55:00", "07T06:02:00")
    assert answer.times("B") == ("07T21:58:00", "08T06:01:00")


def test_a_shift_moved_after_its_punches_is_judged_again() -> None:
    tale = Tale().punch("09:30", IN)
    assert tale.tell().status() == "late"
    tale.do("editShift", shiftId="s1", set={"startTime": "10:00"})
    assert tale.tell().status() == "present"

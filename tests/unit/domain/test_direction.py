"""rules.md section 3: direction, modes and debounce."""

import pytest

from tests.unit.domain.tale import Tale, shift

IN, OUT, NONE = 0, 1, None


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        (0, "in"),
        (1, "out"),
        (2, "out"),
        (3, "in"),
        (4, "in"),
        (5, "out"),
        ("in", "in"),
        ("out", "out"),
    ],
)
def test_a_code_means_its_direction(code: int | str, direction: str) -> None:
    answer = Tale().punch("10:00", code).tell()
    expected = ("10:00:00", None) if direction == "in" else (None, "10:00:00")
    assert answer.times() == expected


@pytest.mark.parametrize("code", [255, 9, None])
def test_any_other_code_has_no_direction(code: int | None) -> None:
    answer = Tale(policy={"directionMode": "labelled"}).punch("10:00", code).tell()
    assert answer.outcomes == ["noDirection"]
    assert answer.records == {}


def test_a_device_configured_for_one_way_wins_over_the_code() -> None:
    tale = Tale(devices={"exit": {"direction": "out"}}).punch("17:00", IN, device="exit")
    assert tale.tell().times() == (None, "17:00:00")


def test_a_company_may_map_codes_its_own_way() -> None:
    tale = Tale(policy={"punchCodeMap": {"0": "out", "7": "in"}})
    assert tale.punches(("09:00", 7), ("17:00", 0)).tell().times() == ("09:00:00", "17:00:00")


def labelled(*told: tuple[str, int | None]) -> Tale:
    return Tale(policy={"directionMode": "labelled"}).punches(*told)


def test_labelled_takes_the_first_in_and_the_last_out() -> None:
    answer = labelled(
        ("09:00", IN), ("12:00", OUT), ("13:00", IN), ("16:00", OUT), ("17:00", OUT)
    ).tell()
    assert answer.times() == ("09:00:00", "17:00:00")


def test_labelled_a_trailing_in_reopens() -> None:
    answer = labelled(("09:00", IN), ("12:00", OUT), ("13:00", IN)).tell()
    assert answer.times() == ("09:00:00", None)
    assert answer.details()["open"] is True


def test_labelled_an_out_before_the_first_in_is_ignored_once_an_in_exists() -> None:
    answer = labelled(("08:00", OUT), ("09:00", IN)).tell()
    assert answer.outcomes == ["applied", "applied"]
    assert answer.times() == ("09:00:00", None)
    assert answer.flags() == []


def test_labelled_an_out_alone_misses_its_check_in() -> None:
    answer = labelled(("17:00", OUT)).tell()
    assert answer.times() == (None, "17:00:00")
    assert (answer.status(), answer.flags()) == ("pending", ["missingCheckIn"])


def test_labelled_leaves_an_unlabelled_punch_out() -> None:
    answer = labelled(("09:00", IN), ("12:00", NONE)).tell()
    assert answer.outcomes == ["applied", "noDirection"]
    assert answer.times() == ("09:00:00", None)


@pytest.mark.parametrize(
    ("count", "check_out"), [(1, None), (2, "11:00:00"), (3, None), (4, "13:00:00")]
)
def test_alternating_closes_on_an_even_count(count: int, check_out: str | None) -> None:
    tale = Tale(policy={"directionMode": "alternating"})
    for hour in range(10, 10 + count):
        tale.punch(f"{hour}:00")
    assert tale.tell().times() == ("10:00:00", check_out)


@pytest.mark.parametrize(("count", "check_out"), [(1, None), (2, "11:00:00"), (3, "12:00:00")])
def test_first_last_closes_from_two_punches_on(count: int, check_out: str | None) -> None:
    tale = Tale(policy={"directionMode": "firstLast"})
    for hour in range(10, 10 + count):
        tale.punch(f"{hour}:00")
    assert tale.tell().times() == ("10:00:00", check_out)


@pytest.mark.parametrize("mode", ["auto", "firstLast", "alternating"])
@pytest.mark.parametrize("at", ["17:00:00", "17:02:00"])
def test_a_first_punch_at_or_after_the_end_is_a_check_out_without_check_in(
    mode: str, at: str
) -> None:
    answer = Tale(policy={"directionMode": mode}).punch(at).tell()
    assert answer.times() == (None, at)
    assert (answer.status(), answer.flags()) == ("pending", ["missingCheckIn"])
    assert answer.record()["lateByMinutes"] == 0


def test_auto_is_labelled_while_every_punch_has_a_direction() -> None:
    answer = Tale().punches(("09:00", IN), ("12:00", OUT), ("13:00", IN)).tell()
    assert answer.times() == ("09:00:00", None)


def test_auto_is_first_last_for_all_as_soon_as_one_punch_has_none() -> None:
    answer = Tale().punches(("09:00", IN), ("12:00", OUT), ("13:00", IN), ("14:00", NONE)).tell()
    assert answer.times() == ("09:00:00", "14:00:00")


def test_auto_changes_its_mind_when_an_earlier_unlabelled_punch_arrives_later() -> None:
    tale = Tale().punches(("09:00", IN), ("12:00", OUT), ("13:00", IN))
    assert tale.tell().times() == ("09:00:00", None)
    answer = tale.punch("08:50", NONE).tell()
    assert answer.times() == ("08:50:00", "13:00:00")


def test_api_actions_are_labelled() -> None:
    answer = Tale().check_in("09:00").punch("12:00", OUT).punch("13:00", IN).tell()
    assert answer.times() == ("09:00:00", None)


def test_first_last_goes_by_position_when_every_key_says_in() -> None:
    tale = Tale(policy={"directionMode": "firstLast"}).punches(("09:00", IN), ("17:04", IN))
    answer = tale.tell()
    assert answer.outcomes == ["applied", "applied"]
    assert answer.times() == ("09:00:00", "17:04:00")


@pytest.mark.parametrize(
    ("second", "outcome"), [("09:00:59", "debounced"), ("09:01:00", "applied")]
)
def test_debounce_ignores_what_comes_under_a_minute_later(second: str, outcome: str) -> None:
    answer = Tale().punches(("09:00:00", IN), (second, IN)).tell()
    assert answer.outcomes == ["applied", outcome]


def test_debounce_lets_different_directions_live() -> None:
    answer = Tale().punches(("09:00:00", IN), ("09:00:00", OUT)).tell()
    assert answer.outcomes == ["applied", "applied"]
    assert answer.times() == ("09:00:00", "09:00:00")


def test_debounce_ignores_an_unlabelled_punch_beside_a_labelled_one() -> None:
    answer = Tale().punches(("09:00:00", IN), ("09:00:30", NONE)).tell()
    assert answer.outcomes == ["applied", "debounced"]
    assert answer.details()["open"] is True


def test_debounce_works_across_devices() -> None:
    answer = Tale().punch("09:00:00", IN).punch("09:00:20", IN, device="yard").tell()
    assert answer.outcomes == ["applied", "debounced"]


def test_debounce_counts_from_the_last_applied_punch() -> None:
    answer = Tale().punches(("09:00:00", NONE), ("09:00:40", NONE), ("09:01:10", NONE)).tell()
    assert answer.outcomes == ["applied", "debounced", "applied"]


def test_debounce_looks_at_time_and_not_at_arrival() -> None:
    answer = Tale().punches(("09:00:30", NONE), ("09:00:00", NONE)).tell()
    assert answer.outcomes == ["debounced", "applied"]


def test_debounce_does_not_count_from_an_unmatched_punch() -> None:
    answer = Tale().punches(("06:59:30", NONE), ("07:00:00", NONE)).tell()
    assert answer.outcomes == ["unmatched", "applied"]


def test_debounce_counts_from_an_api_action_too() -> None:
    answer = Tale().check_in("09:00").punch("09:00:30", NONE).tell()
    assert answer.outcomes == ["ok", "debounced"]


def test_debounce_may_be_switched_off() -> None:
    tale = Tale(policy={"debounceSeconds": 0}).punches(("09:00:00", NONE), ("09:00:01", NONE))
    assert tale.tell().outcomes == ["applied", "applied"]


def test_an_identical_row_is_a_duplicate() -> None:
    tale = Tale().punch("09:00", IN).punch("09:00", IN, receivedAt="2026-03-06T10:00:00Z")
    tale.punch("09:00", IN, device="yard").punch("09:00", OUT)
    assert tale.tell().outcomes == ["applied", "duplicate", "debounced", "applied"]


def test_a_shift_whose_ins_are_all_wrong_keys_is_closed_by_the_sweep() -> None:
    tale = Tale(shift("s1")).punches(("09:00", IN), ("17:04", IN)).sweep("07T09:00")
    answer = tale.tell()
    assert answer.outcomes == ["applied", "unmatched", "ok"]
    assert answer.flags() == ["missingCheckOut", "autoClosed"]

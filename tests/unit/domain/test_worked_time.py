"""rules.md section 5: worked time, breaks, rounding, overtime, thresholds."""

import pytest

from tests.unit.domain.tale import Answer, Tale, shift

IN, OUT, NONE = 0, 1, None


def worked(*punches: tuple[str, int | None], **policy: object) -> Answer:
    return Tale(policy=policy).punches(*punches).tell()


def minutes(*punches: tuple[str, int | None], **policy: object) -> int:
    return worked(*punches, **policy).details()["workedMinutes"]


FIVE = [("09:00", NONE), ("10:30", NONE), ("11:00", NONE), ("14:00", NONE), ("15:30", NONE)]


def test_first_last_counts_from_first_to_last() -> None:
    assert minutes(*FIVE) == 390


def test_pairs_count_every_pair_and_ignore_the_odd_one() -> None:
    assert minutes(*FIVE, workedTime="pairs") == 270


def test_pairs_of_labels_run_from_the_first_in_of_a_run_to_the_out_after_it() -> None:
    run = [
        ("09:00", IN),
        ("09:30", IN),
        ("12:00", OUT),
        ("12:30", OUT),
        ("13:00", IN),
        ("17:00", OUT),
    ]
    assert minutes(*run, workedTime="pairs") == 180 + 240


def test_pairs_deduct_no_break() -> None:
    policy = {"workedTime": "pairs", "unpaidBreakMinutes": 30}
    assert minutes(("09:00", IN), ("17:00", OUT), **policy) == 480


def test_pairs_count_what_was_closed_while_the_record_is_open() -> None:
    open_again = [("09:00", IN), ("12:00", OUT), ("13:00", IN)]
    assert minutes(*open_again, workedTime="pairs") == 180
    assert minutes(*open_again) == 0


def test_pairs_of_an_auto_closed_record_end_at_the_close() -> None:
    tale = Tale(policy={"workedTime": "pairs"})
    tale.punches(("09:00", IN), ("12:00", OUT), ("13:00", IN)).sweep("07T09:00")
    assert tale.tell().details()["workedMinutes"] == 180 + 240


def test_pairs_follow_corrected_ends() -> None:
    tale = Tale(policy={"workedTime": "pairs"}).punches(("09:30", IN), ("12:00", OUT))
    tale.punches(("13:00", IN), ("16:00", OUT)).correct(check_in="09:00", check_out="17:00")
    assert tale.tell().details()["workedMinutes"] == 180 + 240
    alone = Tale(policy={"workedTime": "pairs"}).correct(check_in="09:00", check_out="17:00")
    assert alone.tell().details()["workedMinutes"] == 480


@pytest.mark.parametrize(
    ("out", "expected"), [("15:00:00", 360), ("15:00:59", 360), ("15:01:00", 331)]
)
def test_the_break_is_deducted_from_more_than_six_hours(out: str, expected: int) -> None:
    assert minutes(("09:00", IN), (out, OUT), unpaidBreakMinutes=30) == expected


def test_when_the_break_is_due_may_be_set() -> None:
    policy = {"unpaidBreakMinutes": 30, "unpaidBreakAfterMinutes": 120}
    assert minutes(("09:00", IN), ("12:00", OUT), **policy) == 150


@pytest.mark.parametrize(
    ("out", "expected"), [("17:07", 480), ("17:08", 495), ("16:53", 480), ("16:52", 465)]
)
def test_rounding_goes_to_the_nearest_quarter(out: str, expected: int) -> None:
    assert minutes(("09:00", IN), (out, OUT), roundingMinutes=15) == expected


def test_rounding_touches_both_ends_but_no_stored_time_and_no_lateness() -> None:
    answer = worked(("09:07", IN), ("17:08", OUT), roundingMinutes=15)
    assert answer.times() == ("09:07:00", "17:08:00")
    assert answer.record()["lateByMinutes"] == 7
    assert answer.details()["workedMinutes"] == 495


def test_rounding_goes_by_the_clock_on_the_wall() -> None:
    tale = Tale(timezone="Asia/Kathmandu", policy={"roundingMinutes": 60})
    answer = tale.punches(("09:10", IN), ("17:05", OUT)).tell()
    assert answer.details()["workedMinutes"] == 480


def test_early_arrival_counts_unless_the_company_says_no() -> None:
    early = [("08:30", IN), ("17:00", OUT)]
    assert minutes(*early) == 510
    answer = worked(*early, countEarlyArrival=False)
    assert answer.details()["workedMinutes"] == 480
    assert answer.times()[0] == "08:30:00"


def test_who_leaves_before_the_start_has_not_worked_where_early_arrival_does_not_count() -> None:
    assert minutes(("08:00", IN), ("08:30", OUT), countEarlyArrival=False) == 0


@pytest.mark.parametrize(
    ("out", "threshold", "overtime"),
    [("17:10", 10, 0), ("17:10", 4, 10), ("17:04", 4, 0), ("21:00", 60, 240), ("17:00", 0, 0)],
)
def test_overtime_beyond_the_threshold_counts_whole(
    out: str, threshold: int, overtime: int
) -> None:
    answer = worked(("09:00", IN), (out, OUT), overtimeThresholdMinutes=threshold)
    assert answer.details()["overtimeMinutes"] == overtime


def test_overtime_compares_net_with_net() -> None:
    answer = worked(("09:00", IN), ("18:00", OUT), unpaidBreakMinutes=30)
    assert answer.details()["workedMinutes"] == 510
    assert answer.details()["overtimeMinutes"] == 60


def test_no_overtime_on_an_open_record() -> None:
    assert worked(("09:00", IN)).details()["overtimeMinutes"] == 0


def test_no_overtime_on_an_auto_closed_record() -> None:
    answer = Tale().punch("07:00", IN).sweep("07T09:00").tell()
    assert answer.details()["workedMinutes"] == 600
    assert answer.details()["overtimeMinutes"] == 0


@pytest.mark.parametrize(
    ("out", "status", "half_day"),
    [
        ("10:59", "absent", False),
        ("11:00", "leftEarly", True),
        ("12:59", "leftEarly", True),
        ("13:00", "leftEarly", False),
    ],
)
def test_too_few_hours_are_an_absence_or_half_a_day(out: str, status: str, half_day: bool) -> None:
    policy = {"absentBelowMinutes": 120, "halfDayBelowMinutes": 240}
    answer = worked(("09:00", IN), (out, OUT), **policy)
    assert (answer.status(), answer.details()["halfDay"]) == (status, half_day)
    assert answer.times() == ("09:00:00", f"{out}:00")


def test_thresholds_by_hours_ask_completed_records_only() -> None:
    answer = worked(("09:00", IN), absentBelowMinutes=120, halfDayBelowMinutes=240)
    assert (answer.status(), answer.details()["halfDay"]) == ("present", False)
    answer = worked(("17:00", OUT), absentBelowMinutes=120, halfDayBelowMinutes=240)
    assert answer.status() == "pending"


def test_a_threshold_of_zero_is_off() -> None:
    answer = worked(("09:00", IN), ("09:00", OUT))
    assert answer.status() == "leftEarly"


def test_worked_time_is_elapsed_across_midnight() -> None:
    tale = Tale(shift("s1", "22:00", "06:00")).punches(("22:00", IN), ("07T06:00", OUT))
    assert tale.tell().details()["workedMinutes"] == 480

"""What the explanation says of worked time and of too few hours, word by word."""

import pytest

from tests.unit.domain.builders import a_punch
from tests.unit.domain.explained import DAY_OF_WORK, said_by, status, told, with_policy, worked


def test_work_in_pairs_is_the_sum_of_the_pairs_without_a_break_taken_off() -> None:
    punches = (*DAY_OF_WORK, a_punch("12:00", 1), a_punch("13:00", 0))
    case = with_policy(*punches, workedTime="pairs", unpaidBreakMinutes=30)
    text = "the sum of the time between every in and its out; no break is taken off"
    _, _, inputs = worked(420, workedTime="pairs", scheduledMinutes=450)
    assert said_by(case, "workedTime") == [("workedTime", text, inputs)]


def test_work_beyond_the_schedule_is_told_as_overtime_after_the_break() -> None:
    case = with_policy(a_punch("09:00", 0), a_punch("17:45", 1), unpaidBreakMinutes=30)
    assert said_by(case, "workedTime") == [worked(495, 45, breakMinutes=30, scheduledMinutes=450)]


def test_every_number_that_worked_time_depends_on_is_told() -> None:
    fields = {"roundingMinutes": 15, "countEarlyArrival": False, "overtimeThresholdMinutes": 10}
    case = with_policy(a_punch("08:20", 0), a_punch("17:08", 1), **fields)
    assert said_by(case, "workedTime") == [worked(495, 15, **fields)]


TOO_FEW = "fewer minutes worked than the policy takes for presence"
HALF = "fewer minutes worked than the policy takes for a whole day"


@pytest.mark.parametrize(
    ("fields", "reason", "word"),
    [
        ({"absentBelowMinutes": 481}, ("absentBelow", TOO_FEW), "absent"),
        ({"halfDayBelowMinutes": 481}, ("halfDay", HALF), "present"),
        ({"halfDayBelowMinutes": 480, "absentBelowMinutes": 480}, None, "present"),
    ],
)
def test_too_few_hours_are_told_with_the_policys_threshold(fields, reason, word) -> None:
    spoken = [(*reason, fields)] if reason else []
    assert told(with_policy(**fields))[6:] == [worked(480), *spoken, status(word)]


def test_presence_is_asked_before_half_a_day() -> None:
    case = with_policy(absentBelowMinutes=481, halfDayBelowMinutes=482)
    assert [rule for rule, _, _ in told(case)[6:]] == ["workedTime", "absentBelow", "status"]

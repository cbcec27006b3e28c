"""rules.md section 9: what every field of a policy takes, and how a wrong value is refused."""

from typing import Any

import pytest

from attendance.domain.errors import InvalidPolicyError
from attendance.domain.policy import policy_from

NUMBERS = {
    "lateGraceMinutes": (1440, "a whole number from 0 to 1440 or null"),
    "earlyLeaveGraceMinutes": (1440, "a whole number from 0 to 1440 or null"),
    "windowBeforeMinutes": (1439, "a whole number from 0 to 1439"),
    "windowAfterMinutes": (1439, "a whole number from 0 to 1439"),
    "maxOpenMinutes": (2880, "a whole number from 0 to 2880"),
    "debounceSeconds": (3600, "a whole number from 0 to 3600"),
    "absentBelowMinutes": (1440, "a whole number from 0 to 1440"),
    "halfDayBelowMinutes": (1440, "a whole number from 0 to 1440"),
    "unpaidBreakMinutes": (1440, "a whole number from 0 to 1440"),
    "unpaidBreakAfterMinutes": (1440, "a whole number from 0 to 1440"),
    "roundingMinutes": (60, "a whole number from 0 to 60"),
    "overtimeThresholdMinutes": (1440, "a whole number from 0 to 1440"),
    "autoAbsentDelayMinutes": (10080, "a whole number from 0 to 10080"),
    "autoCloseDelayMinutes": (10080, "a whole number from 0 to 10080"),
    "maxFutureSkewSeconds": (604800, "a whole number from 0 to 604800"),
    "maxBackfillDays": (3660, "a whole number from 0 to 3660"),
}
WORDS = {
    "lateCountsFrom": ("start", "graceEnd"),
    "lateAndEarlyStatus": ("leftEarly", "late"),
    "openStatus": ("decided", "pending"),
    "directionMode": ("auto", "labelled", "alternating", "firstLast"),
    "workedTime": ("firstLast", "pairs"),
    "missingCheckOut": ("closeAtShiftEnd", "leavePending", "markAbsent"),
    "holidayPunches": ("record", "ignore"),
}
FLAGS = ("acceptOutAfterWindow", "countEarlyArrival", "autoAbsent", "correctionReasonRequired")
CODES = 'an object of punch codes, such as {"0": "in", "1": "out"}'
NO_WINDOW = {"windowBeforeMinutes": 0, "windowAfterMinutes": 0}


def taken(field: str, value: object) -> Any:
    return policy_from(NO_WINDOW | {field: value}).as_mapping()[field]


def refusal(fields: dict[str, object]) -> tuple[str, str, str]:
    with pytest.raises(InvalidPolicyError) as caught:
        policy_from(fields)
    return caught.value.field, caught.value.expected, str(caught.value)


def refused(field: str, value: object, expected: str, at: str = "") -> bool:
    named = at or field
    return refusal({field: value}) == (named, expected, f"{named}: expected {expected}")


def test_every_field_of_a_policy_is_held_by_one_of_these_tables() -> None:
    fields = set(policy_from({}).as_mapping())
    assert fields == {*NUMBERS, *WORDS, *FLAGS, "punchCodeMap"}


@pytest.mark.parametrize(("field", "most", "expected"), [(f, *t) for f, t in NUMBERS.items()])
def test_a_number_is_taken_from_nought_to_its_most_and_refused_beyond(
    field, most, expected
) -> None:
    assert [taken(field, value) for value in (0, 1, most)] == [0, 1, most]
    for wrong in (-1, most + 1, 1.0, "1", True, False, [1]):
        assert refused(field, wrong, expected)


@pytest.mark.parametrize("field", NUMBERS)
def test_null_switches_a_grace_off_and_nothing_else(field) -> None:
    expected = NUMBERS[field][1]
    if expected.endswith("or null"):
        assert taken(field, None) is None
    else:
        assert refused(field, None, expected)


@pytest.mark.parametrize(("field", "words"), WORDS.items())
def test_a_word_is_one_of_its_field_and_a_refusal_lists_them(field, words) -> None:
    assert [taken(field, word) for word in words] == list(words)
    for wrong in ("maybe", words[0].upper(), "", None, 1, True, [words[0]], {}):
        assert refused(field, wrong, "one of " + ", ".join(words))


@pytest.mark.parametrize("field", FLAGS)
def test_a_switch_is_true_or_false_and_no_number_or_word(field) -> None:
    assert taken(field, True) is True
    assert taken(field, False) is False
    for wrong in (0, 1, "true", None, []):
        assert refused(field, wrong, "true or false")


def test_a_code_map_takes_codes_of_up_to_three_digits_and_directions_or_null() -> None:
    told = {"0": "in", "42": "out", "255": None}
    assert taken("punchCodeMap", told) == told
    assert taken("punchCodeMap", {}) == {}


@pytest.mark.parametrize(
    "wrong", [None, "0", ["in"], 1, {"": "in"}, {"1000": "in"}, {"-1": "in"}, {"x": "in"},
              {0: "in"}, {"²": "in"}, {"٣": "in"}, {"0": "in", "x": "out"}]
)  # fmt: skip
def test_what_is_no_map_of_codes_is_refused_as_one(wrong) -> None:
    assert refused("punchCodeMap", wrong, CODES)


@pytest.mark.parametrize("wrong", ["up", "IN", "", 1, True])
def test_a_wrong_direction_is_refused_by_its_code(wrong) -> None:
    told = {"0": "in", "7": wrong}
    assert refused("punchCodeMap", told, '"in", "out" or null', at="punchCodeMap.7")


@pytest.mark.parametrize(("before", "after"), [(720, 720), (1439, 1), (1, 1439), (1000, 1000)])
def test_windows_of_a_day_or_more_are_refused_with_their_sum(before, after) -> None:
    fields = {"windowBeforeMinutes": before, "windowAfterMinutes": after}
    expected = (
        "windowBeforeMinutes + shift + windowAfterMinutes under 24 hours "
        f"(the windows alone are {before + after} minutes)"
    )
    whole = f"windowBeforeMinutes: expected {expected}"
    assert refusal(fields) == ("windowBeforeMinutes", expected, whole)


def test_windows_a_minute_short_of_a_day_are_taken() -> None:
    policy = policy_from({"windowBeforeMinutes": 719, "windowAfterMinutes": 720})
    assert (policy.window_before_minutes, policy.window_after_minutes) == (719, 720)

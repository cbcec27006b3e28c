"""rules.md section 9: the policy object, its checks and its versions."""

from datetime import date

import pytest

from attendance.domain.errors import InvalidPolicyError
from attendance.domain.policy import Policy, policy_from
from attendance.domain.policy_versions import DEFAULT_VERSION, policy_in_force
from tests.unit.domain.builders import a_policy

DEFAULTS = {
    "lateGraceMinutes": 0,
    "lateCountsFrom": "start",
    "earlyLeaveGraceMinutes": 0,
    "lateAndEarlyStatus": "leftEarly",
    "openStatus": "decided",
    "windowBeforeMinutes": 120,
    "windowAfterMinutes": 240,
    "acceptOutAfterWindow": True,
    "maxOpenMinutes": 960,
    "directionMode": "auto",
    "punchCodeMap": {"0": "in", "1": "out", "2": "out", "3": "in", "4": "in", "5": "out"},
    "debounceSeconds": 60,
    "absentBelowMinutes": 0,
    "halfDayBelowMinutes": 0,
    "workedTime": "firstLast",
    "countEarlyArrival": True,
    "unpaidBreakMinutes": 0,
    "unpaidBreakAfterMinutes": 360,
    "roundingMinutes": 0,
    "overtimeThresholdMinutes": 0,
    "autoAbsent": True,
    "autoAbsentDelayMinutes": 60,
    "missingCheckOut": "closeAtShiftEnd",
    "autoCloseDelayMinutes": 60,
    "holidayPunches": "record",
    "maxFutureSkewSeconds": 300,
    "maxBackfillDays": 45,
    "correctionReasonRequired": True,
}


def test_the_defaults_are_those_of_section_nine() -> None:
    assert Policy().as_mapping() == DEFAULTS


def test_a_policy_goes_out_and_comes_back_the_same() -> None:
    changed = policy_from({"lateGraceMinutes": None, "directionMode": "labelled"})
    assert policy_from(changed.as_mapping()) == changed


def test_a_change_keeps_the_rest() -> None:
    changed = policy_from({"lateGraceMinutes": 5}).changed({"openStatus": "pending"})
    assert (changed.late_grace_minutes, changed.open_status) == (5, "pending")


def test_what_no_page_names_is_ignored() -> None:
    assert policy_from({"colour": "blue"}) == Policy()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lateGraceMinutes", -1),
        ("lateGraceMinutes", "5"),
        ("lateGraceMinutes", True),
        ("lateGraceMinutes", 1.5),
        ("windowBeforeMinutes", None),
        ("windowBeforeMinutes", 1440),
        ("roundingMinutes", 61),
        ("openStatus", "maybe"),
        ("directionMode", ["auto"]),
        ("autoAbsent", 1),
        ("punchCodeMap", ["in"]),
        ("punchCodeMap", {"zero": "in"}),
        ("missingCheckOut", None),
    ],
)
def test_a_wrong_field_is_named_with_what_was_expected(field: str, value: object) -> None:
    with pytest.raises(InvalidPolicyError) as caught:
        policy_from({field: value})
    assert caught.value.field == field
    assert caught.value.expected


def test_a_wrong_direction_in_the_map_is_named_by_its_code() -> None:
    with pytest.raises(InvalidPolicyError, match=r"punchCodeMap\.7"):
        policy_from({"punchCodeMap": {"7": "up"}})
    assert policy_from({"punchCodeMap": {"7": None}}).punch_code_map == {"7": None}


def test_windows_that_leave_no_room_for_a_shift_are_a_contradiction() -> None:
    with pytest.raises(InvalidPolicyError, match="under 24 hours"):
        policy_from({"windowBeforeMinutes": 1200})
    with pytest.raises(InvalidPolicyError):
        policy_from({"windowAfterMinutes": 720}).changed({"windowBeforeMinutes": 720})


MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def in_force(*versions: object, on: date = date(2026, 3, 6), **scope: str) -> int:
    return policy_in_force(versions, on, **scope).version  # type: ignore[arg-type]


def test_without_a_policy_the_defaults_judge() -> None:
    assert policy_in_force((), MARCH) is DEFAULT_VERSION
    assert in_force(a_policy(1, effective_from=APRIL)) == 0


def test_the_newest_version_that_has_begun_judges_a_shift_date() -> None:
    versions = (a_policy(1), a_policy(2, effective_from=MARCH), a_policy(3, effective_from=APRIL))
    assert in_force(*versions) == 2
    assert in_force(*versions, on=date(2026, 2, 28)) == 1
    assert in_force(*versions, on=MARCH) == 2
    assert in_force(*versions, on=APRIL) == 3


def test_of_two_versions_of_one_day_the_later_made_judges() -> None:
    versions = (a_policy(3, effective_from=MARCH), a_policy(2, effective_from=MARCH))
    assert in_force(*versions) == 3


def test_a_site_or_department_may_have_its_own() -> None:
    company = a_policy(1, effective_from=MARCH)
    site = a_policy(2, location="north")
    department = a_policy(3, department_id="d")
    both = a_policy(4, location="north", department_id="d")
    everyone = (company, site, department, both)
    assert in_force(*everyone) == 1
    assert in_force(*everyone, location="south") == 1
    assert in_force(*everyone, location="north") == 2
    assert in_force(*everyone, department_id="d") == 3
    assert in_force(*everyone, location="north", department_id="d") == 4

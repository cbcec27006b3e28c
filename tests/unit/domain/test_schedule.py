"""rules.md section 1: instants and zones."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from attendance.domain.errors import InvalidShiftError
from attendance.domain.policy import Policy, policy_from
from attendance.domain.schedule import Schedule, check_length, schedule, wall_time
from attendance.domain.zones import InvalidZoneError, zone_named

MADRID = zone_named("Europe/Madrid")


def hours(found: Schedule) -> float:
    return (found.end - found.start) / timedelta(hours=1)


def test_the_schedule_is_read_in_the_sites_zone() -> None:
    found = schedule(date(2026, 3, 6), time(9), time(17), MADRID)
    assert found.start == datetime(2026, 3, 6, 8, tzinfo=UTC)
    assert found.end == datetime(2026, 3, 6, 16, tzinfo=UTC)


def test_an_end_before_the_start_is_the_next_days() -> None:
    found = schedule(date(2026, 1, 31), time(22), time(6), MADRID)
    assert found.end == datetime(2026, 2, 1, 5, tzinfo=UTC)


def test_an_end_at_midnight_is_the_next_midnight() -> None:
    found = schedule(date(2026, 3, 6), time(16), time(0), MADRID)
    assert found.end == datetime(2026, 3, 6, 23, tzinfo=UTC)


def test_a_start_at_midnight_and_an_end_later_stay_on_the_day() -> None:
    assert hours(schedule(date(2026, 3, 6), time(0), time(8), MADRID)) == 8


def test_equal_start_and_end_are_an_invalid_shift() -> None:
    with pytest.raises(InvalidShiftError, match="endTime"):
        schedule(date(2026, 3, 6), time(9), time(9), MADRID)


def test_a_start_in_the_gap_is_read_with_the_offset_before_the_change() -> None:
    found = schedule(date(2026, 3, 29), time(2, 30), time(8), MADRID)
    assert found.start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.start.astimezone(MADRID).time() == time(3, 30)


def test_a_start_in_the_fold_is_the_first_occurrence() -> None:
    found = schedule(date(2026, 10, 25), time(2, 30), time(8), MADRID)
    assert found.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_end_in_the_fold_is_the_first_occurrence() -> None:
    found = schedule(date(2026, 10, 24), time(22), time(2, 30), MADRID)
    assert hours(found) == 4.5


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 3, 7), 8.5), (date(2026, 3, 8), 7.5), (date(2026, 11, 1), 9.5)],
)
def test_a_night_is_as_long_as_the_clock_lets_it_be(day: date, expected: float) -> None:
    new_york = zone_named("America/New_York")
    eve = day - timedelta(days=1)
    assert hours(schedule(eve, time(23), time(7, 30), new_york)) == expected


def test_a_shift_inside_a_gap_that_leaves_nothing_is_invalid() -> None:
    with pytest.raises(InvalidShiftError, match="endTime"):
        schedule(date(2026, 3, 29), time(2, 30), time(3, 20), MADRID)


@pytest.mark.parametrize("day", [date.min, date(999, 12, 31), date(9001, 1, 1), date.max])
def test_a_shift_at_the_calendars_ends_is_invalid(day: date) -> None:
    with pytest.raises(InvalidShiftError, match=r"shiftDate: expected .* 1000-01-01 to 9000-12-31"):
        schedule(day, time(22), time(6), MADRID)


@pytest.mark.parametrize("day", [date(1000, 1, 1), date(9000, 12, 31)])
def test_the_first_and_the_last_day_may_have_a_shift(day: date) -> None:
    times = schedule(day, time(22), time(6), MADRID)
    assert times.end - times.start == timedelta(hours=8)


@pytest.mark.parametrize(
    "text", ["9:00", "24:00", "09:60", "0900", "", "ab:cd", "09:00:00", "+1:00"]
)
def test_a_time_is_two_digits_colon_two_digits(text: str) -> None:
    with pytest.raises(InvalidShiftError, match="HH:MM"):
        wall_time(text)


def test_a_time_is_read() -> None:
    assert wall_time("23:59") == time(23, 59)


def test_touching_shifts_do_not_overlap() -> None:
    morning = schedule(date(2026, 3, 6), time(8), time(12), MADRID)
    noon = schedule(date(2026, 3, 6), time(12), time(16), MADRID)
    assert not morning.overlaps(noon)
    assert not noon.overlaps(morning)


def test_overlap_is_compared_on_instants_across_dates_and_zones() -> None:
    night = schedule(date(2026, 3, 6), time(22), time(6), MADRID)
    assert night.overlaps(schedule(date(2026, 3, 7), time(4), time(9), zone_named("UTC")))
    assert not night.overlaps(schedule(date(2026, 3, 7), time(5), time(9), zone_named("UTC")))


def test_window_and_shift_stay_under_a_day() -> None:
    eighteen = schedule(date(2026, 3, 6), time(0), time(18), MADRID)
    with pytest.raises(InvalidShiftError, match="under 24 hours"):
        check_length(eighteen, Policy())
    check_length(eighteen, policy_from({"windowBeforeMinutes": 119}))


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe"])
def test_a_zone_that_is_none_is_told_as_such(name: str) -> None:
    with pytest.raises(InvalidZoneError, match="IANA"):
        zone_named(name)

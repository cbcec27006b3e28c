"""rules.md section 5, last row: rest of 11 hours and weeks of 48, told and never a status."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from attendance.domain.rest import LongWeek, ShortRest, Work, long_weeks, monday_of, short_rests

MADRID = ZoneInfo("Europe/Madrid")


def at(day: int, hour: int, minute: int = 0, zone=UTC) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=zone).astimezone(UTC)


def work(day: int, start: datetime | None, end: datetime | None, minutes: int = 480) -> Work:
    return Work(shift_date=date(2026, 3, day), start=start, end=end, minutes=minutes)


def test_ten_hours_and_a_half_between_two_days_are_too_short() -> None:
    late, early = work(5, at(5, 14), at(5, 22)), work(6, at(6, 8, 30), at(6, 16))
    (found,) = short_rests([early, late])
    assert found == ShortRest(
        first_date=date(2026, 3, 5), last_date=date(2026, 3, 6), start=at(5, 22), end=at(6, 8, 30)
    )
    assert found.minutes == 630


def test_eleven_hours_to_the_second_are_enough() -> None:
    end = at(5, 22)
    for rest, short in ((timedelta(hours=11), 0), (timedelta(hours=11, seconds=-1), 1)):
        days = [work(5, at(5, 14), end), work(6, end + rest, at(6, 18))]
        assert len(list(short_rests(days))) == short


def test_a_break_between_two_shifts_of_one_date_is_no_rest() -> None:
    day = [work(5, at(5, 8), at(5, 12)), work(5, at(5, 17), at(5, 21))]
    assert list(short_rests(day)) == []
    (found,) = short_rests([*day, work(6, at(6, 7), at(6, 15))])
    assert (found.start, found.end) == (at(5, 21), at(6, 7))


def test_after_a_night_rest_counts_from_the_morning_it_ended() -> None:
    (found,) = short_rests([work(5, at(5, 22), at(6, 6)), work(6, at(6, 14), at(6, 22))])
    assert (found.first_date, found.minutes) == (date(2026, 3, 5), 480)


def test_an_unknown_end_or_start_tells_nothing() -> None:
    following = work(6, at(6, 0), at(6, 8))
    assert list(short_rests([work(5, at(5, 14), None), following])) == []
    assert list(short_rests([work(5, at(5, 8), at(5, 23)), work(6, None, at(6, 8))])) == []
    part_open = [work(5, at(5, 8), None), work(5, at(5, 14), at(5, 22))]
    assert list(short_rests([*part_open, following])) == []
    part_unknown = [work(6, None, at(6, 4)), work(6, at(6, 8), at(6, 9))]
    assert list(short_rests([work(5, at(5, 14), at(5, 23)), *part_unknown])) == []


def test_work_that_overlaps_leaves_no_rest_at_all() -> None:
    (found,) = short_rests([work(5, at(5, 22), at(6, 9)), work(6, at(6, 8), at(6, 16))])
    assert found.minutes == 0


def test_the_night_the_clock_skips_an_hour_has_an_hour_less_of_rest() -> None:
    days = [
        work(28, at(28, 12, zone=MADRID), at(28, 20, zone=MADRID)),
        work(29, at(29, 7, zone=MADRID), at(29, 15, zone=MADRID)),
    ]
    (found,) = short_rests(days)
    assert found.minutes == 600
    usual = [
        work(21, at(21, 12, zone=MADRID), at(21, 20, zone=MADRID)),
        work(22, at(22, 7, zone=MADRID), at(22, 15, zone=MADRID)),
    ]
    assert list(short_rests(usual)) == []


def test_the_night_the_clock_repeats_an_hour_has_an_hour_more_of_rest() -> None:
    end = datetime(2026, 10, 24, 20, 30, tzinfo=MADRID).astimezone(UTC)
    start = datetime(2026, 10, 25, 6, 30, tzinfo=MADRID).astimezone(UTC)
    days = [
        Work(shift_date=date(2026, 10, 24), start=None, end=end, minutes=0),
        Work(shift_date=date(2026, 10, 25), start=start, end=None, minutes=0),
    ]
    assert list(short_rests(days)) == []


def test_a_day_off_between_is_rest() -> None:
    assert list(short_rests([work(4, at(4, 14), at(4, 22)), work(6, at(6, 6), at(6, 14))])) == []


def test_a_week_of_48_hours_is_not_long_and_a_minute_more_is() -> None:
    week = [work(day, None, None, 576) for day in range(2, 7)]
    assert list(long_weeks(week)) == []
    (found,) = long_weeks([*week, work(8, None, None, 1)])
    assert found == LongWeek(first_date=date(2026, 3, 2), minutes=2881)
    assert found.last_date == date(2026, 3, 8)


def test_weeks_go_from_monday_to_sunday_by_shift_date() -> None:
    days = [*range(5, 9), *range(9, 12)]
    assert list(long_weeks(work(day, None, None, 480) for day in days)) == []
    assert [monday_of(date(2026, 3, day)).day for day in (2, 8, 9)] == [2, 2, 9]


def test_long_weeks_come_in_order_of_time() -> None:
    days = [work(day, None, None, 600) for day in (*range(9, 14), *range(2, 7))]
    assert [week.first_date.day for week in long_weeks(days)] == [2, 9]

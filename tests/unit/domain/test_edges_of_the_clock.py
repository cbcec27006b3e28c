"""Edges of schedules and of repeated hours, and what a refusal of them says."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from attendance.domain.errors import DomainError, InvalidShiftError
from attendance.domain.influence import influence
from attendance.domain.instants import readings
from attendance.domain.judge import judge
from attendance.domain.openings import evidence_of
from attendance.domain.policy import Policy
from attendance.domain.rounding import rounded
from attendance.domain.schedule import Schedule, check_length, schedule, wall_time
from attendance.domain.zones import zone_named
from tests.unit.domain.builders import DAY, UTC_ZONE, a_case, a_punch, at
from tests.unit.domain.tale import Tale

MADRID = zone_named("Europe/Madrid")


def refusal(error: type[DomainError], call, *given) -> str:
    with pytest.raises(error) as caught:
        call(*given)
    return str(caught.value)


def test_a_shift_that_cannot_be_says_what_was_expected() -> None:
    nine, night = wall_time("09:00"), wall_time("00:30")
    told = refusal(InvalidShiftError, schedule, DAY, nine, nine, UTC_ZONE)
    assert told == "endTime: expected a time other than startTime"
    told = refusal(InvalidShiftError, schedule, date.max, nine, night, UTC_ZONE)
    assert told == "shiftDate: expected a date from 1000-01-01 to 9000-12-31"


def test_a_shift_that_a_skipped_hour_leaves_without_length_is_refused() -> None:
    spring, start, end = date(2026, 3, 29), wall_time("02:30"), wall_time("03:30")
    told = refusal(InvalidShiftError, schedule, spring, start, end, MADRID)
    assert told == "endTime: expected a time after startTime on this day's clock"
    assert schedule(spring, start, wall_time("03:31"), MADRID).end == at("01:31").replace(day=29)


def test_a_time_and_a_zone_that_cannot_be_read_are_shown_cut_short() -> None:
    told = refusal(InvalidShiftError, wall_time, "9" * 30)
    assert told == f"expected a time \"HH:MM\" from 00:00 to 23:59, got '{'9' * 20}'"
    told = refusal(DomainError, zone_named, "Mars/" + "x" * 60)
    assert told == f"expected an IANA zone, such as Europe/Madrid, got 'Mars/{'x' * 35}'"


def test_a_shift_of_a_day_with_its_windows_is_refused_with_its_length() -> None:
    times = Schedule(start=at("00:00"), end=at("18:00"))
    assert refusal(InvalidShiftError, check_length, times, Policy()) == (
        "expected windowBeforeMinutes + shift + windowAfterMinutes under 24 hours, got 1440 minutes"
    )
    check_length(replace(times, end=at("17:59")), Policy())


@pytest.mark.parametrize(("month", "day"), [(3, 6), (3, 29), (10, 25)])
def test_readings_are_told_in_utc(month, day) -> None:
    found = readings(datetime(2026, month, day, 2, 30), MADRID)
    assert found.first.tzinfo is UTC
    assert (found.gap, found.second is not None) == (month == 3 and day == 29, month == 10)
    assert found.second is None or found.second.tzinfo is UTC


FIRST, SECOND = "00:30", "01:30"


def october(clock: str) -> datetime:
    return at(clock).replace(month=10, day=25)


@pytest.mark.parametrize(
    ("received", "line_before", "meant"),
    [
        ("01:15", None, SECOND),
        ("01:14:59", None, FIRST),
        ("00:45", "01:00", FIRST),
        ("00:45:01", "01:00", SECOND),
        (None, FIRST, FIRST),
        (None, "00:30:01", SECOND),
        (None, SECOND, SECOND),
        (None, "01:30:01", SECOND),
    ],
)
def test_a_repeated_hour_is_told_apart_up_to_the_second(received, line_before, meant) -> None:
    punch = replace(
        a_punch("02:30", 0, zone=MADRID),
        wall=datetime(2026, 10, 25, 2, 30),
        received_at=received and october(received),
        logged_after=line_before and october(line_before),
    )
    found = judge(a_case(punches=(punch,))).outcomes[punch.punch_id]
    assert found.instant == october(meant)


@pytest.mark.parametrize(
    ("before", "told", "meant"),
    [
        ({"punch_id": "z", "log_index": 0}, {"punch_id": "y", "log_index": 1}, SECOND),
        ({"punch_id": "z", "log_index": 0}, {"punch_id": "y"}, SECOND),
        ({"punch_id": "x"}, {"punch_id": "y"}, FIRST),
    ],
)
def test_a_repeated_hour_is_told_apart_by_the_terminals_log(before, told, meant) -> None:
    autumn = datetime(2026, 10, 25, 2, 10)
    earlier = a_punch("02:10", 0, zone=MADRID, received_at=october("01:10"), **before)
    line = a_punch("02:30", 0, zone=MADRID, **told)
    punches = (replace(line, wall=autumn.replace(minute=30)), replace(earlier, wall=autumn))
    assert judge(a_case(punches=punches)).outcomes["y"].instant == october(meant)


def test_rounding_looks_at_the_whole_time_of_day() -> None:
    assert rounded(at("17:00").replace(microsecond=5), 15, UTC_ZONE) == at("17:00")
    assert rounded(at("10:01"), 7, UTC_ZONE) == at("10:02")


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_punch_at_the_calendars_end_that_is_not_kept_aside_keeps_nobody_from_being_judged(stamp):
    tale = Tale().punch("09:00", 0).punch("17:00", 1)
    tale.do("punch", timestamp=stamp, device="gate", user_id="5", punch=0)
    answer = tale.tell()
    assert answer.outcomes == ["applied", "applied", "unmatched"]
    assert answer.status() == "present"


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/Los_Angeles", "UTC"])
def test_leave_from_ever_for_ever_is_leave(zone):
    begins, noon, ends = "0001-01-01T00:00:00", "2026-03-06T12:00:00", "9999-12-31T23:59:59"
    for leave in ([begins, noon], [noon, ends]):
        tale = Tale(timezone=zone, person={"leave": [leave]}).sweep("09T12:00")
        assert tale.tell().status() == "absent"
    always = {"leave": [[begins, ends]]}
    assert Tale(timezone=zone, person=always).sweep("09T12:00").tell().records == {}


def test_who_looks_how_far_evidence_reaches_takes_punches_of_the_calendars_ends():
    mad = a_punch("00:00", 0, punch_id="mad")
    mad = replace(mad, wall=datetime.min)
    case = a_case(punches=(mad, a_punch("09:00", 0)))
    assert len(evidence_of(case).replayed) == 2
    found = influence(case.shifts, (), (at("09:00"), at("09:00")), evidence=evidence_of(case))
    assert found is not None
    assert found.shift_ids == ("s1",)

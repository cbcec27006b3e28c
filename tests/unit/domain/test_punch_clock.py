"""rules.md section 1: a punch's wall time, and the drift of a device's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance.domain.case import Case
from attendance.domain.judge import judge
from attendance.domain.outcome import Outcome
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from attendance.domain.zones import zone_named
from tests.unit.domain.tale import Answer, Tale, shift

MADRID = "Europe/Madrid"
AUTUMN = "2026-10-25"
SPRING = "2026-03-29"


def night(day: str) -> dict[str, object]:
    return shift("s1", "01:00", "09:00", day)


def told(punches: list[tuple[str, dict[str, object]]], day: str = AUTUMN) -> Answer:
    tale = Tale(night(day), timezone=MADRID)
    for at, rest in punches:
        tale.punch(f"{day}T{at}", 0, **rest)
    return tale.tell()


def test_a_punch_in_the_gap_is_read_with_the_offset_before_the_change_and_flagged() -> None:
    answer = told([("02:30", {})], SPRING)
    assert answer.record()["checkInTime"] == "2026-03-29T01:30:00.000Z"
    assert answer.flags() == ["dstGap"]


def test_f1_the_only_reading_near_received_at_wins() -> None:
    answer = told([("02:30", {"receivedAt": "2026-10-25T01:31:00Z"})])
    assert answer.record()["checkInTime"] == "2026-10-25T01:30:00.000Z"
    assert answer.flags() == ["dstFold"]


def test_f1_takes_the_first_reading_when_that_is_the_near_one() -> None:
    answer = told([("02:30", {"receivedAt": "2026-10-25T00:45:00Z"})])
    assert answer.record()["checkInTime"] == "2026-10-25T00:30:00.000Z"


def test_f1_ends_after_fifteen_minutes() -> None:
    answer = told([("02:30", {"receivedAt": "2026-10-25T01:45:01Z"})])
    assert answer.record()["checkInTime"] == "2026-10-25T00:30:00.000Z"


def test_f2_a_later_line_before_it_in_the_log_makes_it_the_second() -> None:
    answer = told([("02:50", {}), ("02:10", {})])
    assert answer.record()["checkInTime"] == "2026-10-25T00:50:00.000Z"
    assert answer.outcomes == ["applied", "applied"]


def test_f2_looks_at_the_log_of_that_device_only() -> None:
    answer = told([("02:50", {"device": "yard"}), ("02:10", {})])
    assert answer.record()["checkInTime"] == "2026-10-25T00:10:00.000Z"


def test_f2_counts_the_lines_of_other_people() -> None:
    tale = Tale(night(AUTUMN), timezone=MADRID, person={"deviceUserIds": ["5"]})
    tale.punch(f"{AUTUMN}T02:50", 0, user_id="9").punch(f"{AUTUMN}T02:10", 0)
    answer = tale.tell()
    assert answer.outcomes == ["unknownUser", "applied"]
    assert answer.record()["checkInTime"] == "2026-10-25T01:10:00.000Z"


def test_f2_takes_any_later_line_also_one_later_than_both_readings() -> None:
    answer = told([("08:00", {}), ("02:10", {})])
    assert answer.record()["checkInTime"] == "2026-10-25T01:10:00.000Z"


def test_f3_else_the_first_reading() -> None:
    answer = told([("02:30", {})])
    assert answer.record()["checkInTime"] == "2026-10-25T00:30:00.000Z"


def test_f2_takes_the_senders_word_for_the_line_before() -> None:
    before = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    punch = a_punch(datetime(2026, 10, 25, 2, 10), logged_after=before)
    assert instant_of(punch) == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)


def test_a_devices_own_zone_is_read() -> None:
    tale = Tale(timezone=MADRID, devices={"gate": {"timezone": "Europe/London"}})
    answer = tale.punch("08:00", 0).tell()
    assert answer.record()["checkInTime"] == "2026-03-06T08:00:00.000Z"


@pytest.mark.parametrize(
    "timestamp",
    ["", "yesterday", "2026-02-30T09:00:00", "2026-03-06", "2026-03-06T09:00:00Z", "9:00"],
)
def test_a_time_that_cannot_be_read_is_rejected(timestamp: str) -> None:
    tale = Tale().do("punch", timestamp=timestamp, device="gate", user_id="5", punch=0)
    answer = tale.tell()
    assert answer.outcomes == ["INVALID_TIME"]
    assert answer.records == {}


def received(at: str, received_at: str, **policy: int) -> str:
    tale = Tale(policy=policy).punch(at, 0, receivedAt=received_at)
    return tale.tell().outcomes[0]


def test_a_clock_in_the_future_is_quarantined_beyond_the_allowed_skew() -> None:
    assert received("09:05:00", "2026-03-06T09:00:00Z") == "applied"
    assert received("09:05:01", "2026-03-06T09:00:00Z") == "futureClock"
    assert received("09:05:00", "2026-03-06T09:00:00Z", maxFutureSkewSeconds=0) == "futureClock"


def test_a_punch_older_than_the_backfill_is_quarantined() -> None:
    assert received("09:00:00", "2026-04-20T09:00:00Z") == "applied"
    assert received("09:00:00", "2026-04-20T09:00:01Z") == "tooOld"
    assert received("2000-01-01T00:00", "2026-03-06T09:00:00Z") == "tooOld"


def test_a_drifted_clock_within_the_limits_is_taken_as_sent() -> None:
    tale = Tale().punch("09:03", 0, receivedAt="2026-03-06T09:00:00Z")
    assert tale.tell().times() == ("09:03:00", None)


def test_a_released_punch_passes_the_quarantine() -> None:
    kept = a_punch(datetime(2063, 1, 1), received_at=datetime(2026, 3, 6, tzinfo=UTC))
    freed = a_punch(
        datetime(2063, 1, 1), received_at=datetime(2026, 3, 6, tzinfo=UTC), released=True
    )
    assert outcome_of(kept) is Outcome.FUTURE_CLOCK
    assert outcome_of(freed) is Outcome.UNMATCHED


def test_a_punch_at_the_end_of_the_calendar_is_an_invalid_time() -> None:
    punch = a_punch(datetime.min, zone_name="Asia/Tokyo")
    assert outcome_of(punch) is Outcome.INVALID_TIME


def test_a_punch_given_twice_is_the_one_received_first() -> None:
    wall = datetime(2026, 3, 6, 9)
    late = a_punch(wall, received_at=datetime(2026, 3, 6, 8, tzinfo=UTC) + timedelta(days=90))
    early = a_punch(wall, received_at=datetime(2026, 3, 6, 8, tzinfo=UTC))
    for punches in ((late, early), (early, late)):
        judged = judge(Case(person=Person(user_id="u"), punches=punches))
        assert judged.outcomes["p"].outcome is Outcome.UNMATCHED


def a_punch(wall: datetime, zone_name: str = MADRID, **rest: object) -> Punch:
    zone = zone_named(zone_name)
    return Punch(punch_id="p", device_id="d", number="5", wall=wall, zone=zone, **rest)


def outcome_of(punch: Punch) -> Outcome:
    return judge(Case(person=Person(user_id="u"), punches=(punch,))).outcomes["p"].outcome


def instant_of(punch: Punch) -> datetime | None:
    return judge(Case(person=Person(user_id="u"), punches=(punch,))).outcomes["p"].instant

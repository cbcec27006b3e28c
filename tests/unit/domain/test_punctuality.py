"""rules.md section 4: lateness, early leave, and leave."""

import pytest

from tests.unit.domain.tale import Answer, Tale, shift

IN, OUT = 0, 1


def came(at: str, **policy: object) -> tuple[str, int]:
    answer = Tale(policy=policy).punch(at, IN).tell()
    return answer.status(), answer.record()["lateByMinutes"]


def left(at: str, **policy: object) -> tuple[str, int]:
    answer = Tale(policy=policy).punches(("09:00", IN), (at, OUT)).tell()
    return answer.status(), answer.details()["earlyLeaveMinutes"]


@pytest.mark.parametrize(
    ("at", "grace", "expected"),
    [
        ("09:05:00", 5, ("present", 0)),
        ("09:05:59", 5, ("present", 0)),
        ("09:06:00", 5, ("late", 6)),
        ("09:00:59", 0, ("present", 0)),
        ("09:01:00", 0, ("late", 1)),
        ("08:59:00", 0, ("present", 0)),
    ],
)
def test_late_is_more_whole_minutes_than_the_grace(
    at: str, grace: int, expected: tuple[str, int]
) -> None:
    assert came(at, lateGraceMinutes=grace) == expected


def test_at_exactly_grace_is_not_late() -> None:
    assert came("09:10:00", lateGraceMinutes=10) == ("present", 0)


def test_minutes_late_count_from_the_scheduled_start() -> None:
    assert came("09:20:30", lateGraceMinutes=15) == ("late", 20)


def test_minutes_late_may_count_from_the_end_of_the_grace() -> None:
    assert came("09:20", lateGraceMinutes=15, lateCountsFrom="graceEnd") == ("late", 5)


def test_a_late_grace_of_null_switches_lateness_off() -> None:
    assert came("12:00", lateGraceMinutes=None) == ("present", 0)


@pytest.mark.parametrize(
    ("at", "grace", "expected"),
    [
        ("16:55:00", 5, ("present", 0)),
        ("16:54:01", 5, ("present", 0)),
        ("16:54:00", 5, ("leftEarly", 6)),
        ("16:59:01", 0, ("present", 0)),
        ("16:59:00", 0, ("leftEarly", 1)),
        ("17:30:00", 0, ("present", 0)),
    ],
)
def test_early_is_more_whole_minutes_than_the_grace(
    at: str, grace: int, expected: tuple[str, int]
) -> None:
    assert left(at, earlyLeaveGraceMinutes=grace) == expected


def test_an_early_grace_of_null_switches_early_leave_off() -> None:
    assert left("10:00", earlyLeaveGraceMinutes=None) == ("present", 0)


def test_staying_longer_does_not_undo_lateness() -> None:
    answer = Tale().punches(("09:30", IN), ("19:00", OUT)).tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("late", 30)


def test_overtime_does_not_undo_early_leave() -> None:
    answer = Tale().punches(("07:00", IN), ("16:00", OUT)).tell()
    assert answer.status() == "leftEarly"
    assert answer.details()["overtimeMinutes"] == 60


def on_leave(*spans: tuple[str, str]) -> Tale:
    leave = [[f"2026-03-06T{begins}:00", f"2026-03-06T{ends}:00"] for begins, ends in spans]
    return Tale(person={"leave": leave})


def test_leave_over_the_start_moves_the_start() -> None:
    assert on_leave(("09:00", "11:00")).punch("11:00", IN).tell().status() == "present"
    answer = on_leave(("08:00", "11:00")).punch("11:05", IN).tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("late", 5)


def test_leave_over_the_end_moves_the_end() -> None:
    tale = on_leave(("15:00", "18:00"))
    assert tale.punches(("09:00", IN), ("15:00", OUT)).tell().status() == "present"
    answer = on_leave(("15:00", "17:00")).punches(("09:00", IN), ("14:50", OUT)).tell()
    assert answer.details()["earlyLeaveMinutes"] == 10


def test_leave_in_the_middle_moves_nothing() -> None:
    answer = on_leave(("11:00", "12:00")).punches(("09:05", IN), ("16:50", OUT)).tell()
    assert answer.record()["lateByMinutes"] == 5
    assert answer.details()["earlyLeaveMinutes"] == 10


def test_leaves_that_touch_are_one() -> None:
    answer = on_leave(("10:00", "12:00"), ("08:00", "10:00")).punch("12:00", IN).tell()
    assert answer.status() == "present"
    tale = on_leave(("15:00", "16:00"), ("16:00", "17:00"))
    assert tale.punches(("09:00", IN), ("15:00", OUT)).tell().status() == "present"


def test_leave_over_the_whole_shift_is_neither_late_nor_early() -> None:
    tale = on_leave(("08:00", "13:00"), ("12:00", "17:00"))
    answer = tale.punches(("12:00", IN), ("13:00", OUT)).tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("present", 0)
    assert answer.details()["earlyLeaveMinutes"] == 0


def test_leave_is_read_in_the_shifts_zone_or_as_an_instant() -> None:
    for span in (
        ["2026-03-06T09:00:00", "2026-03-06T11:00:00"],
        ["2026-03-06T08:00:00Z", "2026-03-06T11:00:00+01:00"],
    ):
        tale = Tale(timezone="Europe/Madrid", person={"leave": [span]})
        assert tale.punch("11:00", IN).tell().status() == "present"


def spring_and_autumn(day: str) -> Answer:
    night = shift("s1", "23:00", "07:30", day)
    tale = Tale(night, timezone="America/New_York", policy={"unpaidBreakMinutes": 30})
    after = f"{day[:-2]}{int(day[-2:]) + 1:02d}" if day[-2:] != "31" else "2026-11-01"
    return tale.punches((f"{day}T23:00", IN), (f"{after}T07:30", OUT)).tell()


@pytest.mark.parametrize(
    ("day", "minutes"), [("2026-03-06", 480), ("2026-03-07", 420), ("2026-10-31", 540)]
)
def test_a_night_over_a_change_of_clocks_is_whole(day: str, minutes: int) -> None:
    answer = spring_and_autumn(day)
    assert answer.status() == "present"
    assert answer.details()["workedMinutes"] == minutes
    assert answer.details()["overtimeMinutes"] == 0
    assert answer.details()["earlyLeaveMinutes"] == 0

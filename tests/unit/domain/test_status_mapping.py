"""rules.md section 8: the shown status, line by line."""

import pytest

from tests.unit.domain.tale import Tale

IN, OUT = 0, 1
ON_TIME, LATE = "09:00", "09:30"
SWEPT = "07T09:00"


@pytest.mark.parametrize("open_status", ["decided", "pending"])
@pytest.mark.parametrize(
    ("check_in", "check_out", "status", "late_by"),
    [
        (ON_TIME, "17:00", "present", 0),
        (ON_TIME, "18:00", "present", 0),
        (ON_TIME, "sweep", "present", 0),
        (LATE, "17:00", "late", 30),
        (LATE, "18:00", "late", 30),
        (LATE, "sweep", "late", 30),
        (LATE, None, "late", 30),
        (ON_TIME, "16:00", "leftEarly", 0),
        (LATE, "16:00", "leftEarly", 30),
        (None, "17:00", "pending", 0),
        (None, "sweep", "absent", 0),
    ],
)
def test_check_in_and_check_out_lead_to_the_status(
    check_in: str | None, check_out: str | None, status: str, late_by: int, open_status: str
) -> None:
    tale = Tale(policy={"openStatus": open_status})
    if check_in:
        tale.punch(check_in, IN)
    if check_out == "sweep":
        tale.sweep(SWEPT)
    elif check_out:
        tale.punch(check_out, OUT)
    answer = tale.tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == (status, late_by)


@pytest.mark.parametrize(
    ("open_status", "status", "index"), [("decided", "present", 1), ("pending", "pending", 0)]
)
def test_open_and_on_time_is_present_or_pending(open_status: str, status: str, index: int) -> None:
    answer = Tale(policy={"openStatus": open_status}).punch(ON_TIME, IN).tell()
    assert (answer.status(), answer.record()["status_idx"]) == (status, index)
    assert answer.details()["open"] is True


def test_late_and_early_may_be_called_late() -> None:
    tale = Tale(policy={"lateAndEarlyStatus": "late"}).punches((LATE, IN), ("16:00", OUT))
    answer = tale.tell()
    assert (answer.status(), answer.record()["status_idx"]) == ("late", 3)
    assert answer.details()["earlyLeaveMinutes"] == 60


def test_the_indexes_are_the_documents() -> None:
    assert Tale().mark_absent().tell().record()["status_idx"] == 2
    tale = Tale().punches((ON_TIME, IN), ("16:00", OUT))
    assert tale.tell().record()["status_idx"] == 4


def test_too_few_hours_are_absent_with_lateness_as_measured() -> None:
    tale = Tale(policy={"absentBelowMinutes": 240}).punches((LATE, IN), ("10:00", OUT))
    answer = tale.tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("absent", 30)
    assert answer.times() == ("09:30:00", "10:00:00")

"""A punch in the hour that happens twice, read long after (rules.md section 1, F1 to F3)."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from judge_attendance.app import lambda_handler

CONTEXT = SimpleNamespace(aws_request_id="r")
DAY = date(2026, 10, 25)
READ_LATER = datetime(2026, 10, 27, 12, tzinfo=UTC)


def judge(company) -> None:
    for _ in range(4):
        if not (records := company.changes()):
            return
        lambda_handler({"Records": records}, CONTEXT)


def night_shift(company) -> None:
    """Madrid's clocks go from 03:00 back to 02:00 on 25 October."""
    for user_id, number in (("ann", "5"), ("bob", "6")):
        company.person(user_id, (number,))
    company.device(timezone="Europe/Madrid")
    company.seat(day=DAY, start="02:30", end="10:00", zone="Europe/Madrid")


def test_a_line_after_a_later_one_is_the_second_time(company):
    night_shift(company)
    company.punch("2026-10-25 02:50:00", number="6", log_index=1, received_at=READ_LATER)
    company.punch("2026-10-25 02:31:00", log_index=2, received_at=READ_LATER)
    judge(company)
    record = company.record(day=DAY)
    assert record.verdict.check_in == datetime(2026, 10, 25, 1, 31, tzinfo=UTC)
    assert "dstFold" in record.verdict.details["flags"]


def test_without_a_later_line_before_it_it_is_the_first_time(company):
    night_shift(company)
    company.punch("2026-10-25 02:10:00", number="6", log_index=1, received_at=READ_LATER)
    company.punch("2026-10-25 02:31:00", log_index=2, received_at=READ_LATER)
    judge(company)
    check_in = company.record(day=DAY).verdict.check_in
    assert check_in == datetime(2026, 10, 25, 0, 31, tzinfo=UTC)


def test_read_at_once_it_is_the_time_it_was_read(company):
    night_shift(company)
    second_time = datetime(2026, 10, 25, 1, 31, tzinfo=UTC)
    received_at = second_time + timedelta(seconds=5)
    company.punch("2026-10-25 02:31:00", log_index=1, received_at=received_at)
    judge(company)
    assert company.record(day=DAY).verdict.check_in == second_time

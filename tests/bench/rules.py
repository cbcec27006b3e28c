"""What judging costs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from attendance.domain.case import Case
from attendance.domain.judge import judge
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from attendance.domain.shift import Shift
from tests.bench.figure import Figure, cpu_seconds

DAYS = 300


def a_day(number: int) -> Case:
    """A person's day of four punches."""
    day = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    shift = Shift(
        shift_id=f"s{number}",
        shift_date=date(2026, 1, 1) + timedelta(days=number),
        start=day.replace(hour=9),
        end=day.replace(hour=17),
        zone=UTC,
    )
    walls = [
        day.replace(hour=h, minute=m, tzinfo=None) for h, m in ((8, 55), (12, 1), (13, 2), (17, 4))
    ]
    punches = tuple(
        Punch(punch_id=f"{wall}", device_id="gate", number="5", wall=wall, zone=UTC, code=place % 2)
        for place, wall in enumerate(walls)
    )
    return Case(person=Person(user_id="ann"), shifts=(shift,), punches=punches)


def measure() -> Iterator[Figure]:
    """CPU a judged day, with its verdict made."""
    cases = [a_day(number) for number in range(DAYS)]

    def judge_all() -> None:
        for case in cases:
            judge(case).verdict(case.shifts[0].shift_id)

    milliseconds = cpu_seconds(judge_all) / DAYS * 1000
    yield Figure(name="judge one user's day", value=milliseconds, unit="ms CPU", at_most=1)

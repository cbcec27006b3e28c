"""Judging one person's day costs about a millisecond; the bound is generous for slow machines."""

from time import process_time

from attendance.domain.judge import judge
from tests.unit.domain.builders import a_case, a_policy, a_punch, a_shift, at


def test_a_persons_day_is_judged_in_no_time() -> None:
    shifts = [a_shift("A", "08:00", "12:00"), a_shift("B", "13:00", "17:00")]
    punches = tuple(
        a_punch(clock, code)
        for clock, code in (("07:55", 0), ("12:03", 1), ("12:58", 0), ("15:00", None), ("17:01", 1))
    )
    case = a_case(*shifts, punches=punches, policies=(a_policy(),), swept_at={"A": at("09:00", 7)})
    started = process_time()
    for _ in range(100):
        judge(case)
    assert (process_time() - started) / 100 < 0.005

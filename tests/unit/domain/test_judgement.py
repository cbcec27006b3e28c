"""A judgement answers for the shifts of its case, and only for them."""

import pytest

from attendance.domain.judge import judge
from tests.unit.domain.builders import a_case, a_policy, a_punch, a_shift


def test_verdicts_are_for_the_shifts_of_the_case() -> None:
    judged = judge(a_case(a_shift("A"), a_shift("B", day=7), punches=(a_punch("09:00", 0),)))
    assert list(judged.verdicts) == ["A", "B"]
    assert len(judged.verdicts) == 2
    assert judged.verdicts["B"] is None
    assert "present" in repr(judged.verdicts)
    assert judged.verdict("C") is None
    with pytest.raises(KeyError):
        judged.verdicts["C"]


def test_an_explanation_names_used_punches_and_the_policy_version() -> None:
    judged = judge(
        a_case(policies=(a_policy(7),), punches=(a_punch("09:00", 0), a_punch("09:00:20", 0)))
    )
    told = judged.explanation("s1")
    assert [note.punch_id for note in told.used] == ["2026-03-06 09:00:00"]
    assert [str(note.outcome) for note in told.ignored] == ["debounced"]
    assert told.policy_version == 7
    assert [reason.rule for reason in told.rules] == [
        "window",
        "M3",
        "directionMode",
        "onTime",
        "open",
        "status",
    ]
    assert all(reason.text for reason in told.rules)


def test_punches_of_a_site_are_read_by_the_sites_policy() -> None:
    swapped = a_policy(2, location="north", punchCodeMap={"0": "out", "1": "in"})
    shift = a_shift(location="north")
    judged = judge(
        a_case(
            shift, policies=(a_policy(1), swapped), punches=(a_punch("16:00", 0, location="north"),)
        )
    )
    verdict = judged.verdict("s1")
    assert verdict is not None
    assert verdict.check_in is None
    assert verdict.check_out == judged.outcomes["2026-03-06 16:00:00"].instant

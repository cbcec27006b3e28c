"""What punches find where a manager has corrected a time, and in whose clock times are told."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from attendance.domain.action import Action
from attendance.domain.decision import Correction
from attendance.domain.direction import Direction
from attendance.domain.judge import judge
from tests.unit.domain.builders import a_case, a_punch, at
from tests.unit.domain.explained import on_time, said_by

ELSEWHERE = timezone(timedelta(hours=1))


def corrected(**fields: datetime | None) -> Correction:
    return Correction(decision_id="d", shift_id="s1", decided_at=at("20:00"), **fields)


def rules(correction: Correction, *punches) -> list[str | None]:
    found = judge(a_case(punches=punches, decisions=(correction,))).outcomes
    return [found[punch.punch_id].rule for punch in punches]


@pytest.mark.parametrize(("clock", "rule"), [("15:59:59", "M1"), ("16:00", "M2")])
def test_a_corrected_check_out_closes_the_record_from_its_own_instant_on(clock, rule) -> None:
    punches = (a_punch("09:00", 0), a_punch(clock, 1))
    assert rules(corrected(check_out=at("16:00")), *punches) == ["M3", rule]


@pytest.mark.parametrize(("clock", "rule"), [("11:59:59", "M2"), ("12:00", "M1")])
def test_a_corrected_check_in_opens_the_record_from_its_own_instant_on(clock, rule) -> None:
    assert rules(corrected(check_in=at("12:00")), a_punch(clock, 1)) == [rule]


def test_a_cleared_check_out_leaves_the_record_open_for_every_out() -> None:
    punches = (a_punch("09:00", 0), a_punch("12:00", 1), a_punch("13:00", 1))
    assert rules(corrected(check_out=None), *punches) == ["M3", "M1", "M1"]


def test_times_given_in_another_offset_are_told_in_utc() -> None:
    given = at("09:00").astimezone(ELSEWHERE)
    action = Action(action_id="a", shift_id="s1", direction=Direction.IN, instant=given)
    cases = (a_case(actions=(action,)), a_case(decisions=(corrected(check_in=given),)))
    for case in cases:
        check_in = judge(case).verdict("s1").check_in
        assert (check_in, check_in.tzinfo) == (at("09:00"), UTC)


@pytest.fixture
def a_server_in_india(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("a_server_in_india")
def test_an_explanation_is_told_in_utc_wherever_the_server_stands() -> None:
    case = a_case(punches=(a_punch("09:01", 0),))
    assert said_by(case, "late") == [on_time("09:01", 1)]

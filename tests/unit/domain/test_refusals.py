"""rules.md section 7: the order of checks of API check-in and check-out."""

from collections.abc import Callable

import pytest

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.judge import judge
from attendance.domain.refuse_action import refuse_check_in
from tests.unit.domain.builders import a_case, a_policy, at
from tests.unit.domain.tale import Tale, shift

IN, OUT, NONE = 0, 1, None


def refused_in(tale: Tale, at: str = "09:00", shift_id: str = "s1") -> str:
    return tale.check_in(at, shift_id).tell().outcomes[-1]


def refused_out(tale: Tale, at: str = "17:00", shift_id: str = "s1") -> str:
    return tale.check_out(at, shift_id).tell().outcomes[-1]


@pytest.mark.parametrize("refused", [refused_in, refused_out])
def test_the_person_is_asked_first(refused: Callable[..., str]) -> None:
    nobody = {"known": False, "active": False}
    assert refused(Tale(person=nobody), shift_id="s9") == "USER_NOT_FOUND"
    assert refused(Tale(person={"active": False}), shift_id="s9") == "USER_INACTIVE"
    assert refused(Tale(), shift_id="s9") == "NOT_ASSIGNED"
    assert refused(Tale(shift("s1", assigned=False))) == "NOT_ASSIGNED"
    assert refused(Tale().mark_absent()) == "MARKED_ABSENT"


def test_a_manual_absence_is_told_before_the_time() -> None:
    assert refused_in(Tale().mark_absent(), "05:00") == "MARKED_ABSENT"


def test_a_check_in_is_told_before_the_time() -> None:
    assert refused_in(Tale().punch("09:00", IN), "05:00") == "ALREADY_CHECKED_IN"
    assert refused_in(Tale().check_in("09:00"), "17:30") == "ALREADY_CHECKED_IN"


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        ("06:59:59", "TOO_EARLY"),
        ("07:00:00", "ok"),
        ("16:59:59", "ok"),
        ("17:00:00", "SHIFT_ENDED"),
    ],
)
def test_a_check_in_lies_between_window_start_and_shift_end(at: str, outcome: str) -> None:
    assert refused_in(Tale(), at) == outcome


def test_a_record_that_misses_its_check_in_takes_one() -> None:
    answer = Tale().punch("16:00", OUT).check_in("09:00").tell()
    assert answer.outcomes == ["applied", "ok"]
    assert answer.times() == ("09:00:00", "16:00:00")


def test_an_automatic_absence_takes_a_check_in() -> None:
    assert refused_in(Tale().sweep("07T09:00")) == "ok"


def test_a_manager_may_give_any_past_time() -> None:
    judged = judge(a_case())
    assert refuse_check_in(judged, "s1", at("05:00"), any_time=True) is None
    assert refuse_check_in(judged, "s1", at("18:00"), any_time=True) is None


@pytest.mark.parametrize("mode", ["auto", "firstLast"])
def test_a_late_check_in_of_a_managers_is_a_check_in(mode: str) -> None:
    action = Action(action_id="a", shift_id="s1", direction=Direction.IN, instant=at("18:00"))
    judged = judge(a_case(actions=(action,), policies=(a_policy(directionMode=mode),)))
    verdict = judged.verdict("s1")
    assert verdict is not None
    assert (verdict.check_in, verdict.late_by_minutes) == (at("18:00"), 540)


def test_an_action_of_an_unknown_shift_is_left_alone() -> None:
    action = Action(action_id="a", shift_id="s9", direction=Direction.IN, instant=at("09:00"))
    assert judge(a_case(actions=(action,))).verdicts == {"s1": None}


def test_words_given_at_check_in_are_on_the_record() -> None:
    action = Action(
        action_id="a",
        shift_id="s1",
        direction=Direction.IN,
        instant=at("09:00"),
        absence_reason="train",
        manager_note="rang",
    )
    verdict = judge(a_case(actions=(action,))).verdict("s1")
    assert verdict is not None
    assert (verdict.absence_reason, verdict.manager_note) == ("train", "rang")


def test_a_check_out_needs_a_check_in() -> None:
    assert refused_out(Tale()) == "NOT_CHECKED_IN"
    assert refused_out(Tale().punch("16:00", OUT)) == "NOT_CHECKED_IN"
    assert refused_out(Tale().sweep("07T09:00")) == "NOT_CHECKED_IN"


def test_a_check_out_is_taken_once() -> None:
    assert refused_out(Tale().check_in("09:00").check_out("12:00")) == "ALREADY_CHECKED_OUT"
    assert (
        refused_out(Tale().check_in("09:00").check_out("12:00"), "08:00") == "ALREADY_CHECKED_OUT"
    )


def test_an_auto_close_is_no_check_out() -> None:
    assert refused_out(Tale().check_in("09:00").sweep("07T09:00")) == "ok"


def test_a_check_out_may_equal_the_check_in_but_not_precede_it() -> None:
    assert refused_out(Tale().check_in("09:00"), "09:00") == "ok"
    assert refused_out(Tale().check_in("09:00"), "08:59:59") == "CHECKOUT_BEFORE_CHECKIN"


@pytest.mark.parametrize(
    ("at", "policy", "outcome"),
    [
        ("07T01:00:00", {}, "ok"),
        ("07T01:00:01", {}, "SHIFT_CLOSED"),
        ("21:00:00", {"maxOpenMinutes": 60}, "ok"),
        ("21:00:01", {"maxOpenMinutes": 60}, "SHIFT_CLOSED"),
    ],
)
def test_a_check_out_is_refused_past_window_and_max_open(
    at: str, policy: dict[str, int], outcome: str
) -> None:
    assert refused_out(Tale(policy=policy).check_in("09:00"), at) == outcome


def test_the_same_idempotency_key_gets_the_same_answer() -> None:
    tale = Tale().check_in("09:00", idempotencyKey="k").check_in("09:05", idempotencyKey="k")
    tale.check_in("09:05", idempotencyKey="l").check_out("17:00", idempotencyKey="k")
    tale.check_in("05:00", idempotencyKey="m").check_in("05:00", idempotencyKey="m")
    answer = tale.tell()
    assert answer.outcomes[:4] == ["ok", "ok", "ALREADY_CHECKED_IN", "ok"]
    assert answer.outcomes[4:] == ["ALREADY_CHECKED_IN", "ALREADY_CHECKED_IN"]
    assert answer.times() == ("09:00:00", "17:00:00")


def test_a_correction_of_a_person_or_shift_that_is_not_there() -> None:
    assert Tale().correct(shiftId="s9").tell().outcomes == ["NOT_ASSIGNED"]
    assert Tale(person={"known": False}).correct().tell().outcomes == ["USER_NOT_FOUND"]
    assert Tale(person={"known": False}).mark_absent().tell().outcomes == ["USER_NOT_FOUND"]

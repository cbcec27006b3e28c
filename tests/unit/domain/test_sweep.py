"""rules.md section 6: automatic absence, missing check-out, holidays."""

from datetime import date, timedelta

import pytest

from attendance.domain.judge import judge
from attendance.domain.person import Person
from attendance.domain.policy import Policy
from attendance.domain.status import Status
from attendance.domain.sweep import due_at
from attendance.domain.verdict import Flag
from tests.unit.domain.builders import a_case, a_policy, a_punch, a_shift, at
from tests.unit.domain.tale import Tale, shift

IN, OUT = 0, 1
SWEPT = "07T09:00"


@pytest.mark.parametrize(("swept", "records"), [("22:00:00", 0), ("22:00:01", 1)])
def test_auto_absent_is_due_strictly_after_the_delay(swept: str, records: int) -> None:
    assert len(Tale().sweep(swept).tell().records) == records


def test_auto_absent_is_an_absence_with_its_flag() -> None:
    answer = Tale().sweep(SWEPT).tell()
    assert (answer.status(), answer.flags()) == ("absent", ["autoAbsent"])
    assert answer.times() == (None, None)
    assert "autoAbsent" in answer.rules()


def test_without_a_sweep_there_is_no_record() -> None:
    assert Tale().tell().records == {}


@pytest.mark.parametrize(
    "story",
    [
        {"policy": {"autoAbsent": False}},
        {"person": {"active": False}},
        {"person": {"known": False}},
        {"person": {"employedFrom": "2026-03-07"}},
        {"person": {"employedTo": "2026-03-05"}},
        {"person": {"leave": [["2026-03-06T00:00:00", "2026-03-07T00:00:00"]]}},
        {"holidays": ["2026-03-06"]},
    ],
)
def test_who_is_not_expected_is_not_absent(story: dict[str, object]) -> None:
    assert Tale(**story).sweep(SWEPT).tell().records == {}


def test_who_is_not_assigned_is_not_absent() -> None:
    assert Tale(shift("s1", assigned=False)).sweep(SWEPT).tell().records == {}


@pytest.mark.parametrize(
    "person",
    [
        {"employedFrom": "2026-03-06", "employedTo": "2026-03-06"},
        {"leave": [["2026-03-06T09:00:00", "2026-03-06T16:59:00"]]},
    ],
)
def test_employment_is_inclusive_and_partial_leave_does_not_excuse(
    person: dict[str, object],
) -> None:
    assert Tale(person=person).sweep(SWEPT).tell().status() == "absent"


def test_a_later_punch_replaces_an_automatic_absence() -> None:
    answer = Tale().sweep(SWEPT).punch("09:10", IN).punch("17:00", OUT).tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("late", 10)
    assert answer.flags() == []


def test_an_unmatched_punch_within_four_hours_of_the_window_holds_the_absence() -> None:
    assert Tale().punch("03:00:00", IN).sweep(SWEPT).tell().records == {}
    assert Tale().punch("02:59:59", IN).sweep(SWEPT).tell().status() == "absent"
    assert Tale().punch("07T01:00:00", OUT).sweep(SWEPT).tell().records == {}
    assert Tale().punch("07T01:00:01", OUT).sweep(SWEPT).tell().status() == "absent"


def test_an_unlabelled_punch_of_a_labelled_shift_holds_the_absence() -> None:
    tale = Tale(policy={"directionMode": "labelled"}).punch("09:00", None).sweep(SWEPT)
    assert tale.tell().records == {}


def test_a_held_absence_is_explained() -> None:
    case = a_case(punches=(a_punch("05:00"),), swept_at={"s1": at("09:00", 7)})
    judged = judge(case)
    assert judged.verdict("s1") is None
    rules = [reason.rule for reason in judged.explanation("s1").rules]
    assert "heldByUnmatchedPunch" in rules


def test_a_silent_device_holds_the_absence_and_is_named() -> None:
    judged = judge(a_case(swept_at={"s1": at("09:00", 7)}, awaiting={"s1": ("yard", "gate")}))
    verdict = judged.verdict("s1")
    assert verdict is not None
    assert verdict.status is Status.PENDING
    assert verdict.details.flags == (Flag.AWAITING_DEVICE,)
    assert verdict.details.awaiting_device == "gate"
    assert "awaitingDevice" in [r.rule for r in judged.explanation("s1").rules]


def test_a_silent_device_holds_nothing_before_the_absence_is_due() -> None:
    judged = judge(a_case(swept_at={"s1": at("22:00")}, awaiting={"s1": ("gate",)}))
    assert judged.verdict("s1") is None


@pytest.mark.parametrize(("seconds", "status"), [(0, Status.PENDING), (1, Status.ABSENT)])
def test_a_silent_device_holds_for_a_day_at_most(seconds: int, status: Status) -> None:
    swept = at("22:00", 7) + timedelta(seconds=seconds)
    verdict = judge(a_case(swept_at={"s1": swept}, awaiting={"s1": ("gate",)})).verdict("s1")
    assert verdict is not None
    assert verdict.status is status


def test_the_sweep_is_due_after_the_window_and_the_delays() -> None:
    due = due_at(a_shift(), Policy())
    assert (due.auto_absent, due.auto_close) == (at("22:00"), at("22:00"))
    assert due.hold_over == at("22:00", 7)


def test_an_open_record_is_closed_at_the_end_of_the_shift() -> None:
    answer = Tale().punch("09:00", IN).sweep(SWEPT).tell()
    assert answer.status() == "present"
    assert answer.times() == ("09:00:00", "17:00:00")
    assert answer.flags() == ["missingCheckOut", "autoClosed"]
    assert answer.details()["open"] is False
    assert answer.details()["earlyLeaveMinutes"] == 0


@pytest.mark.parametrize(("swept", "check_out"), [("22:00:00", None), ("22:00:01", "17:00:00")])
def test_auto_close_is_due_strictly_after_the_delay(swept: str, check_out: str | None) -> None:
    assert Tale().punch("09:00", IN).sweep(swept).tell().times()[1] == check_out


def test_pending_becomes_present_when_it_is_closed() -> None:
    tale = Tale(policy={"openStatus": "pending"}).punch("09:00", IN)
    assert tale.tell().status() == "pending"
    assert tale.sweep(SWEPT).tell().status() == "present"


def test_late_stays_late_when_it_is_closed() -> None:
    answer = Tale().punch("09:30", IN).sweep(SWEPT).tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("late", 30)


def test_auto_close_follows_leave_at_the_end() -> None:
    leave = [["2026-03-06T15:00:00", "2026-03-06T17:00:00"]]
    tale = Tale(person={"leave": leave}).punch("09:00", IN).sweep(SWEPT)
    assert tale.tell().times() == ("09:00:00", "15:00:00")
    tale = Tale(person={"leave": leave}).punch("16:00", IN).sweep(SWEPT)
    assert tale.tell().times() == ("16:00:00", "16:00:00")


def test_leave_pending_leaves_the_record_open() -> None:
    tale = Tale(policy={"missingCheckOut": "leavePending", "openStatus": "pending"})
    answer = tale.punch("09:00", IN).sweep(SWEPT).tell()
    assert (answer.status(), answer.flags()) == ("pending", ["missingCheckOut"])
    assert answer.times() == ("09:00:00", None)
    assert answer.details()["open"] is True


def test_mark_absent_keeps_the_check_in() -> None:
    tale = Tale(policy={"missingCheckOut": "markAbsent"}).punch("09:30", IN).sweep(SWEPT)
    answer = tale.tell()
    assert (answer.status(), answer.flags()) == ("absent", ["missingCheckOut"])
    assert answer.times() == ("09:30:00", None)
    assert answer.record()["lateByMinutes"] == 30


@pytest.mark.parametrize("policy", ["closeAtShiftEnd", "leavePending", "markAbsent"])
def test_a_true_out_replaces_what_the_sweep_did_also_to_disadvantage(policy: str) -> None:
    tale = Tale(policy={"missingCheckOut": policy}).punch("09:00", IN).sweep(SWEPT)
    answer = tale.punch("15:00", OUT).tell()
    assert (answer.status(), answer.times()) == ("leftEarly", ("09:00:00", "15:00:00"))
    assert answer.flags() == []


def test_an_api_check_out_replaces_an_auto_close() -> None:
    tale = Tale().punch("09:00", IN).sweep(SWEPT).check_out("18:00")
    answer = tale.tell()
    assert answer.outcomes[-1] == "ok"
    assert (answer.times(), answer.flags()) == (("09:00:00", "18:00:00"), [])


def test_an_out_without_in_is_never_auto_absent_and_becomes_whole_with_the_in() -> None:
    tale = Tale().punch("17:05", OUT).sweep(SWEPT)
    answer = tale.tell()
    assert (answer.status(), answer.flags()) == ("pending", ["missingCheckIn"])
    answer = tale.punch("08:58", IN).tell()
    assert (answer.status(), answer.times()) == ("present", ("08:58:00", "17:05:00"))


def test_the_latest_sweep_counts_however_they_arrive() -> None:
    assert Tale().sweep(SWEPT).sweep("10:00").tell().status() == "absent"


def test_punches_of_a_holiday_are_judged_as_usual() -> None:
    answer = Tale(holidays=["2026-03-06"]).punch("09:30", IN).tell()
    assert (answer.outcomes, answer.status()) == (["applied"], "late")
    assert answer.flags() == ["holiday"]


def test_punches_of_a_holiday_may_be_kept_without_a_record() -> None:
    tale = Tale(holidays=["2026-03-06"], policy={"holidayPunches": "ignore"}).punch("09:30", IN)
    answer = tale.sweep(SWEPT).tell()
    assert answer.outcomes == ["holiday", "ok"]
    assert answer.records == {}


def test_a_holiday_belongs_to_the_shift_date() -> None:
    night = shift("s1", "22:00", "06:00")
    assert Tale(night, holidays=["2026-03-07"]).sweep("08T09:00").tell().status() == "absent"


def test_who_became_inactive_after_the_shift_keeps_it() -> None:
    gone = Person(user_id="u", active=False, inactive_since=at("00:00", 8))
    judged = judge(a_case(person=gone, punches=(a_punch("09:00", IN),)))
    assert judged.verdict("s1") is not None
    swept = judge(a_case(person=gone, swept_at={"s1": at("09:00", 7)})).verdict("s1")
    assert swept is not None
    assert swept.status is Status.ABSENT


def test_the_policy_in_force_on_the_shift_date_sweeps() -> None:
    off = a_policy(2, autoAbsent=False, effective_from=date(2026, 3, 6))
    judged = judge(a_case(policies=(a_policy(1), off), swept_at={"s1": at("09:00", 7)}))
    assert judged.verdict("s1") is None
    assert judged.explanation("s1").policy_version == 2

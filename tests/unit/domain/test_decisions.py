"""rules.md section 7: what managers decide, and what it does to the record."""

from dataclasses import replace

import pytest

from attendance.domain.case import Case
from attendance.domain.decision import Correction, MarkAbsent
from attendance.domain.judge import judge
from attendance.domain.status import Status
from tests.unit.domain.builders import a_case, a_punch, at
from tests.unit.domain.tale import Tale

IN, OUT, NONE = 0, 1, None
SWEPT = "07T09:00"


def test_mark_absent_is_a_managers_word() -> None:
    answer = Tale().mark_absent(by="employee").tell()
    assert answer.outcomes == ["FORBIDDEN"]
    assert answer.records == {}


def test_mark_absent_needs_an_assignment() -> None:
    assert Tale().mark_absent(shiftId="s9").tell().outcomes == ["NOT_ASSIGNED"]


@pytest.mark.parametrize("code", [IN, OUT])
def test_mark_absent_of_a_record_with_any_time_is_refused(code: int) -> None:
    tale = Tale().punch("12:00", code).mark_absent()
    assert tale.tell().outcomes == ["applied", "ALREADY_CHECKED_IN"]


@pytest.mark.parametrize("by", ["manager", "tenantAdmin"])
def test_mark_absent_before_the_start_is_an_absence_without_times(by: str) -> None:
    answer = Tale().mark_absent("05:00", by=by, absenceReason="sick").tell()
    assert answer.outcomes == ["ok"]
    assert (answer.status(), answer.times(), answer.flags()) == ("absent", (None, None), [])


def test_mark_absent_over_an_automatic_absence() -> None:
    answer = Tale().sweep(SWEPT).mark_absent().tell()
    assert answer.outcomes == ["ok", "ok"]
    assert (answer.status(), answer.flags()) == ("absent", [])


def test_a_punch_on_a_manual_absence_is_a_conflict_that_changes_nothing() -> None:
    for tale in (Tale().mark_absent().punch("09:00", IN), Tale().mark_absent().punch("16:00", OUT)):
        answer = tale.tell()
        assert answer.outcomes == ["ok", "conflict"]
        assert (answer.status(), answer.times(), answer.flags()) == (
            "absent",
            (None, None),
            ["conflict"],
        )


def test_an_api_check_in_on_a_manual_absence_is_refused() -> None:
    tale = Tale().mark_absent().check_in("09:00").check_out("17:00")
    assert tale.tell().outcomes == ["ok", "MARKED_ABSENT", "MARKED_ABSENT"]


def test_correct_is_a_managers_word() -> None:
    assert Tale().correct(by="employee", check_in="09:00").tell().outcomes == ["FORBIDDEN"]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_correct_needs_a_reason(reason: str | None) -> None:
    tale = Tale().correct(reason=reason, check_in="09:00")
    assert tale.tell().outcomes == ["REASON_REQUIRED"]
    tale = Tale(policy={"correctionReasonRequired": False}).correct(reason=reason, check_in="09:00")
    assert tale.tell().outcomes == ["ok"]


def test_correct_with_a_stale_version_changes_nothing() -> None:
    answer = Tale().punch("09:30", IN).correct(check_in="09:00", recordVersion="stale").tell()
    assert answer.outcomes == ["applied", "VERSION_CONFLICT"]
    assert answer.times() == ("09:30:00", None)


def test_correct_counts_versions_from_the_first_record_on() -> None:
    tale = Tale().punch("09:30", IN).correct(check_in="09:00", recordVersion=1)
    tale.correct(check_in="09:10", recordVersion=1).correct(check_in="09:10", recordVersion=2)
    assert tale.tell().outcomes == ["applied", "ok", "VERSION_CONFLICT", "ok"]


def test_correct_with_out_before_in_changes_nothing() -> None:
    tale = Tale().punches(("09:00", IN), ("17:00", OUT))
    tale.correct(check_out="08:59").correct(check_in="17:01").correct(
        check_in="10:00", check_out="09:00"
    )
    answer = tale.tell()
    assert answer.outcomes[2:] == ["CHECKOUT_BEFORE_CHECKIN"] * 3
    assert (answer.times(), answer.flags()) == (("09:00:00", "17:00:00"), [])


def test_correct_with_out_at_in_is_allowed() -> None:
    answer = Tale().correct(check_in="09:00", check_out="09:00").tell()
    assert (answer.outcomes, answer.times()) == (["ok"], ("09:00:00", "09:00:00"))


def test_correct_past_an_auto_close_moves_the_close() -> None:
    tale = Tale().punch("09:00", IN).sweep(SWEPT).correct(check_in="18:00")
    answer = tale.tell()
    assert answer.outcomes[-1] == "ok"
    assert answer.times() == ("18:00:00", "18:00:00")


def test_correct_is_checked_in_the_order_of_the_table() -> None:
    everything = {"check_in": "10:00", "check_out": "09:00", "recordVersion": "stale"}
    assert Tale().correct(by="employee", reason=None, **everything).tell().outcomes == ["FORBIDDEN"]
    assert Tale().correct(reason=None, **everything).tell().outcomes == ["REASON_REQUIRED"]
    assert Tale().correct(**everything).tell().outcomes == ["VERSION_CONFLICT"]


@pytest.mark.parametrize("late_arrival", ["08:40", "09:20"])
def test_corrected_fields_win_over_any_punch_earlier_or_later(late_arrival: str) -> None:
    tale = Tale().punch("09:30", IN).correct(check_in="09:00").punch(late_arrival, IN)
    answer = tale.tell()
    assert answer.times() == ("09:00:00", None)
    assert answer.record()["lateByMinutes"] == 0
    assert answer.flags() == ["corrected"]


def test_the_rest_is_judged_by_the_same_rules() -> None:
    tale = Tale().punch("09:30", IN).correct(check_in="09:10").punch("16:00", OUT)
    answer = tale.tell()
    assert (answer.status(), answer.record()["lateByMinutes"]) == ("leftEarly", 10)
    assert answer.details()["workedMinutes"] == 410


def test_the_latest_correction_of_a_field_wins_and_others_stay() -> None:
    tale = Tale().correct(check_in="09:00", check_out="17:00").correct(check_out="16:00")
    assert tale.tell().times() == ("09:00:00", "16:00:00")


def test_a_field_cleared_by_a_correction_stays_clear() -> None:
    tale = Tale().punches(("09:00", IN), ("12:00", OUT)).correct(check_out=None).punch("17:00", OUT)
    answer = tale.tell()
    assert answer.times() == ("09:00:00", None)
    assert answer.details()["open"] is True


def test_a_punched_out_before_a_corrected_in_is_left_out() -> None:
    answer = Tale().correct(check_in="13:00").punch("12:00", OUT).tell()
    assert answer.times() == ("13:00:00", None)
    answer = Tale().correct(check_out="12:00").punch("13:00", IN).tell()
    assert answer.times() == (None, "12:00:00")


def test_a_corrected_check_in_left_open_is_closed_by_the_sweep() -> None:
    answer = Tale().correct(check_in="09:00").sweep(SWEPT).tell()
    assert answer.times() == ("09:00:00", "17:00:00")
    assert answer.flags() == ["missingCheckOut", "autoClosed", "corrected"]


def test_a_correction_lifts_a_manual_absence_and_its_conflicts() -> None:
    tale = Tale().mark_absent(absenceReason="sick").punch("09:00", IN).correct(check_out="17:00")
    answer = tale.tell()
    assert answer.outcomes == ["ok", "applied", "ok"]
    assert (answer.status(), answer.times()) == ("present", ("09:00:00", "17:00:00"))
    assert answer.flags() == ["corrected"]


def test_an_excuse_overrides_the_status_and_keeps_the_minutes() -> None:
    answer = Tale().punch("09:30", IN).correct(status="present").tell()
    assert (answer.status(), answer.record()["status_idx"]) == ("present", 1)
    assert answer.record()["lateByMinutes"] == 30


def test_an_excuse_may_be_taken_back() -> None:
    tale = Tale().punch("09:30", IN).correct(status="present").correct(status=None)
    assert tale.tell().status() == "late"


def test_a_status_decided_without_times_is_not_swept_away() -> None:
    answer = Tale().correct(status="present").sweep(SWEPT).tell()
    assert (answer.status(), answer.flags()) == ("present", ["corrected"])


def test_a_correction_that_decides_nothing_lets_the_sweep_find_an_absence() -> None:
    answer = Tale().mark_absent().correct().tell()
    assert (answer.status(), answer.flags()) == ("pending", ["corrected"])
    answer = Tale().mark_absent().correct().sweep(SWEPT).tell()
    assert (answer.status(), answer.flags()) == ("absent", ["autoAbsent", "corrected"])


def test_a_mark_absent_takes_back_a_corrected_status() -> None:
    answer = Tale().correct(status="present").mark_absent().tell()
    assert (answer.status(), answer.flags()) == ("absent", [])


ABSENT = MarkAbsent(
    decision_id="a",
    shift_id="s1",
    decided_at=at("10:00"),
    absence_reason="sick",
    manager_note="rang",
)
LIFTED = Correction(decision_id="b", shift_id="s1", decided_at=at("11:00"), check_in=at("09:00"))


def words(case: Case) -> tuple[str | None, str | None]:
    verdict = judge(case).verdict("s1")
    assert verdict is not None
    return verdict.absence_reason, verdict.manager_note


def test_an_absence_has_its_reason_and_note() -> None:
    assert words(a_case(decisions=(ABSENT,))) == ("sick", "rang")


def test_a_lifted_absence_loses_its_reason_and_keeps_the_note() -> None:
    assert words(a_case(decisions=(ABSENT, LIFTED))) == (None, "rang")


def test_an_absence_corrected_but_not_lifted_keeps_its_reason() -> None:
    still = replace(LIFTED, check_in=None, status=Status.ABSENT, manager_note="late call")
    assert words(a_case(decisions=(ABSENT, still))) == ("sick", "late call")


def test_a_correction_may_give_and_clear_the_words() -> None:
    given = replace(LIFTED, absence_reason="train", manager_note=None)
    assert words(a_case(decisions=(ABSENT, given))) == ("train", None)


def test_a_second_absence_keeps_the_note_unless_it_brings_one() -> None:
    again = replace(ABSENT, decision_id="c", decided_at=at("12:00"), manager_note=None)
    assert words(a_case(decisions=(ABSENT, again))) == ("sick", "rang")


def test_decisions_take_force_in_the_order_they_were_made() -> None:
    for decisions in ((ABSENT, LIFTED), (LIFTED, ABSENT)):
        verdict = judge(a_case(decisions=decisions)).verdict("s1")
        assert verdict is not None
        assert verdict.status is Status.PRESENT


def test_an_explanation_shows_decisions_and_ignored_punches() -> None:
    judged = judge(a_case(decisions=(ABSENT,), punches=(a_punch("09:00", IN), a_punch("05:00"))))
    told = judged.explanation("s1")
    assert told.decisions == (ABSENT,)
    assert [str(note.outcome) for note in told.ignored] == ["unmatched", "conflict"]
    assert told.used == ()
    assert told.candidates == {"2026-03-06 09:00:00": ("s1",)}
    assert "markedAbsent" in [reason.rule for reason in told.rules]

"""The events of a story: what each does and answers (simulate.md)."""

import pytest

from tests.unit.domain.tale import Tale, shift

IN, OUT = 0, 1


def test_an_answer_has_the_shape_of_the_page() -> None:
    record = Tale(policy={"lateGraceMinutes": 5}).punch("09:06", IN).tell().record()
    assert list(record) == [
        "shiftId",
        "status",
        "status_idx",
        "lateByMinutes",
        "checkInTime",
        "checkOutTime",
        "details",
        "explain",
    ]
    assert record["checkInTime"] == "2026-03-06T09:06:00.000Z"
    assert record["details"] == {
        "open": True,
        "workedMinutes": 0,
        "overtimeMinutes": 0,
        "earlyLeaveMinutes": 0,
        "halfDay": False,
        "flags": [],
    }
    late = next(reason for reason in record["explain"] if reason["rule"] == "late")
    assert late["inputs"]["lateByMinutes"] == 6
    assert late["text"]


def test_every_event_has_one_outcome_and_every_shift_with_a_record_one_record() -> None:
    tale = Tale(shift("s1"), shift("s2", day="2026-03-07"), shift("s3", day="2026-03-09"))
    tale.punch("09:00", IN).sweep("08T12:00")
    answer = tale.tell()
    assert answer.outcomes == ["applied", "ok"]
    assert list(answer.records) == ["s1", "s2"]


def test_an_action_is_answered_at_once_and_a_punch_when_all_is_known() -> None:
    tale = Tale().punch("06:00", IN).check_in("09:00").check_in("09:10")
    tale.do("setPolicy", set={"windowBeforeMinutes": 180})
    answer = tale.tell()
    assert answer.outcomes == ["applied", "ok", "ALREADY_CHECKED_IN", "ok"]
    assert answer.times() == ("06:00:00", None)


def test_a_new_shift_may_overlap_nothing_the_person_is_assigned_to() -> None:
    tale = Tale().do("addShift", shift=shift("s2", "16:59", "20:00"))
    tale.do("addShift", shift=shift("s3", "17:00", "20:00"))
    tale.do("addShift", shift=shift("s4", "10:00", "11:00", assigned=False))
    tale.do("assign", shiftId="s4").do("assign", shiftId="s3")
    assert tale.tell().outcomes == ["SHIFT_OVERLAP", "ok", "ok", "SHIFT_OVERLAP", "ok"]


def test_overlap_is_compared_across_dates_and_zones() -> None:
    tale = Tale(shift("s1", "22:00", "06:00"))
    tale.do("addShift", shift=shift("s2", "05:00", "09:00", "2026-03-07"))
    tale.do("addShift", shift=shift("s3", "07:00", "09:00", "2026-03-07", timezone="Europe/Madrid"))
    assert tale.tell().outcomes == ["SHIFT_OVERLAP", "ok"]


def test_a_shift_that_cannot_be_is_invalid() -> None:
    tale = Tale().do("addShift", shift=shift("s2", "18:00", "18:00"))
    tale.do("addShift", shift=shift("s3", "00:00", "18:00", "2026-03-09"))
    tale.do("editShift", shiftId="s1", set={"endTime": "09:00"})
    tale.do("editShift", shiftId="s1", set={"shiftDate": "2026-03-07"})
    assert tale.tell().outcomes == ["INVALID_SHIFT"] * 4


def test_a_refused_edit_leaves_the_shift_as_it_was() -> None:
    tale = Tale(shift("s1"), shift("s2", "17:00", "20:00"))
    tale.do("editShift", shiftId="s1", set={"endTime": "18:00"}).punch("09:30", IN)
    answer = tale.tell()
    assert answer.outcomes == ["SHIFT_OVERLAP", "applied"]
    assert answer.record()["lateByMinutes"] == 30


def test_an_edit_may_move_date_and_zone_of_a_shift_nobody_is_assigned_to() -> None:
    tale = Tale(shift("s1", assigned=False))
    edit = {"shiftDate": "2026-03-07", "timezone": "Europe/Madrid"}
    tale.do("editShift", shiftId="s1", set=edit).do("assign", shiftId="s1")
    answer = tale.punch("07T08:00", IN).tell()
    assert answer.outcomes == ["ok", "ok", "applied"]
    assert answer.status() == "present"


def test_a_shifts_own_zone_wins_over_the_sites() -> None:
    tale = Tale(shift("s1", timezone="America/New_York"), timezone="Europe/Madrid")
    answer = tale.check_in("14:00").tell()
    assert (answer.outcomes, answer.status()) == (["ok"], "present")


def test_without_a_person_the_storys_numbers_are_the_persons() -> None:
    assert Tale().punch("09:00", IN, user_id="12").tell().outcomes == ["applied"]


def test_a_number_mapped_on_the_way_is_unknown_before() -> None:
    tale = Tale().punch("09:00", IN, user_id="77").check_in("09:05").do("mapNumber", user_id="77")
    answer = tale.tell()
    assert answer.outcomes == ["applied", "ok", "ok"]
    assert answer.times() == ("09:00:00", None)


def test_a_punch_without_a_number_is_the_persons() -> None:
    tale = Tale(person={"deviceUserIds": ["7"]})
    tale.do("punch", timestamp="2026-03-06T09:00:00", punch=0)
    assert tale.tell().outcomes == ["applied"]


@pytest.mark.parametrize("role", ["manager", "tenantAdmin", "superAdmin"])
def test_managers_and_admins_decide(role: str) -> None:
    assert Tale().mark_absent(by=role).tell().outcomes == ["ok"]
    assert Tale().correct(by=role, check_in="09:00").tell().outcomes == ["ok"]


def test_wall_times_may_be_written_as_terminals_write_them() -> None:
    tale = Tale().do("punch", timestamp="2026-03-06 09:00:00", device="gate", user_id="5", punch=0)
    tale.punch("09:00", IN)
    assert tale.tell().outcomes == ["applied", "duplicate"]


def test_an_impossible_time_is_never_a_duplicate() -> None:
    tale = Tale()
    for _ in range(2):
        tale.do("punch", timestamp="soon", device="gate", user_id="5", punch=0)
    assert tale.tell().outcomes == ["INVALID_TIME", "INVALID_TIME"]


def test_the_first_arrival_of_a_row_is_the_one_that_is_stored() -> None:
    tale = Tale().punch("09:00", IN, receivedAt="2026-03-06T08:00:00Z").punch("09:00", IN)
    assert tale.tell().outcomes == ["futureClock", "duplicate"]

"""Closed payroll periods: evidence is kept, records stay, the difference is listed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from attendance import runtime
from attendance.services.sweep_shifts import sweep_shifts

FRIDAY = date(2026, 3, 6)
CLOSED_AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 1, tzinfo=UTC)
MARCH = {"dateFrom": "2026-03-01", "dateTo": "2026-03-31"}


def close(site, through, who="tom"):
    """Close payroll through a day, at noon of the 10th."""
    day = None if through is None else through.isoformat()
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(runtime, "utc_now", lambda: CLOSED_AT)
        return site.ask(who, "PATCH", "/v1/company", body={"payrollClosedThrough": day})


def differences(site, who="mia", **query):
    return site.ask(who, "GET", "/v1/payroll/differences", query={**MARCH, **query})


@pytest.fixture
def friday(site):
    """Ann came at 09:00 on Friday and has a shift on Monday too; payroll is closed on Friday."""
    site.device()
    for shift_id, day in (("fri", FRIDAY), ("mon", date(2026, 3, 9))):
        site.shift(shift_id, day, "09:00", "17:00")
        site.seat(shift_id, day=day)
    site.punch(f"{FRIDAY} 09:00:00")
    site.run()
    assert close(site, FRIDAY).body["company"]["payrollClosedThrough"] == "2026-03-06"
    site.run()
    return site


def stays(site, before):
    site.run()
    now = site.record("fri", FRIDAY)
    return (now.verdict, now.record_version) == (before.verdict, before.record_version)


def late_out(site):
    """The check-out of Friday, which reaches us after payroll was closed."""
    return site.punch(f"{FRIDAY} 17:00:00", code=1, received_at=CLOSED_AT + timedelta(hours=1))


def test_a_late_punch_is_kept_and_listed_and_the_record_stays(friday):
    before = friday.record("fri", FRIDAY)
    punch = late_out(friday)
    assert stays(friday, before)
    assert punch.punch_id in {
        row["id"] for row in friday.ask("mia", "GET", "/v1/punches").body["punches"]
    }
    (row,) = differences(friday).body["payrollDifferences"]
    assert (row["userId"], row["shiftId"], row["shiftDate"]) == ("ann", "fri", "2026-03-06")
    assert row["cause"] == "latePunch"
    assert row["stored"]["checkOutTime"] is None
    assert row["now"]["checkOutTime"] == "2026-03-06T17:00:00.000Z"


def test_reopening_judges_by_what_came_meanwhile(friday):
    late_out(friday)
    friday.run()
    assert close(friday, None).body["company"]["payrollClosedThrough"] is None
    friday.run()
    assert friday.record("fri", FRIDAY).verdict.check_out == datetime(2026, 3, 6, 17, tzinfo=UTC)
    assert differences(friday).body["payrollDifferences"] == []


def test_a_later_day_is_judged_as_ever(friday):
    friday.punch("2026-03-09 09:20:00")
    friday.run()
    assert friday.record("mon", date(2026, 3, 9)).verdict.late_by_minutes == 20


def test_a_policy_changes_open_days_and_is_told_as_the_cause_of_closed_ones(friday):
    before = friday.record("fri", FRIDAY)
    friday.policy({"openStatus": "pending"}, since="2026-03-01")
    assert stays(friday, before)
    (row,) = differences(friday).body["payrollDifferences"]
    assert (row["cause"], row["stored"]["status"], row["now"]["status"]) == (
        "policyChange",
        "present",
        "pending",
    )


def test_a_preview_tells_that_a_closed_record_will_stay(friday):
    body = {"policy": {"openStatus": "pending"}, **MARCH}
    told = friday.ask("mia", "POST", "/v1/policy/preview", body=body).body["preview"]
    assert (told["recordsLookedAt"], told["recordsChanged"]) == (1, 0)


def test_a_leave_is_told_as_the_calendar_s_doing(friday):
    friday.punch(f"{FRIDAY} 12:00:00", code=1)
    close(friday, None)
    friday.run()
    close(friday, FRIDAY)
    before = friday.record("fri", FRIDAY)
    leave = {"userId": "ann", "from": "2026-03-06T12:00:00Z", "to": "2026-03-06T17:00:00Z"}
    made = friday.ask("tom", "POST", "/v1/leaves", body={**leave, "kind": "doctor"})
    assert made.status == 201, made.text
    assert stays(friday, before)
    (row,) = differences(friday).body["payrollDifferences"]
    assert (row["cause"], row["stored"]["status"], row["now"]["status"]) == (
        "calendarChange",
        "leftEarly",
        "present",
    )


def test_an_assignment_taken_away_leaves_the_record_and_is_listed(friday):
    before = friday.record("fri", FRIDAY)
    gone = friday.ask("mia", "DELETE", "/v1/shifts/fri/assignments", query={"userIds": "ann"})
    assert gone.status == 200, gone.text
    assert stays(friday, before)
    (row,) = differences(friday).body["payrollDifferences"]
    assert (row["cause"], row["stored"]["status"], row["now"]) == (
        "directoryChange",
        "present",
        None,
    )


def test_a_sweep_passes_a_closed_day_by_once_and_for_all(friday):
    before = friday.record("fri", FRIDAY)
    friday.punch(f"{FRIDAY} 12:00:00", code=1)
    friday.run()
    assert friday.record("fri", FRIDAY).due_at is None
    sweep_shifts(friday.parts, LATER, "r")
    assert stays(friday, before)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        (
            "POST",
            "/v1/check-in",
            {"shiftId": "fri", "userId": "ann", "checkInTime": "{fri}T09:00Z"},
        ),
        ("POST", "/v1/check-out", {"attendanceRecordId": "{id}", "checkOutTime": "{fri}T16:00Z"}),
        ("POST", "/v1/mark-absent", {"shiftId": "fri", "userId": "ann"}),
        (
            "PATCH",
            "/v1/attendance-records/{id}",
            {"recordVersion": 1, "reason": "forgot", "status": "present"},
        ),
    ],
)
def test_actions_on_a_closed_day_are_refused(friday, method, path, body):
    before = friday.record("fri", FRIDAY)

    def told(text):
        named = {"{id}": before.record_id, "{fri}": "2026-03-06", "T16:00Z": "T16:00:00Z"}
        for name, value in {**named, "T09:00Z": "T09:00:00Z"}.items():
            text = text.replace(name, value)
        return text

    given = {key: told(value) if isinstance(value, str) else value for key, value in body.items()}
    answer = friday.ask("mia", method, told(path), body=given)
    assert (answer.status, answer.body["message"]) == (409, "errMsg_periodClosed"), answer.text
    assert "2026-03-06" in answer.body["detail"]
    assert friday.record("fri", FRIDAY) == before


def test_the_explanation_says_that_the_record_is_closed(friday):
    path = f"/v1/attendance-records/{friday.record('fri', FRIDAY).record_id}/explain"
    rules = friday.ask("ann", "GET", path).body["explanation"]["rules"]
    assert rules[0]["rule"] == "periodClosed"
    assert rules[0]["inputs"]["closedThrough"] == "2026-03-06"


def test_moving_the_closed_day_back_opens_what_lies_after(friday):
    monday = date(2026, 3, 9)
    close(friday, monday)
    friday.punch("2026-03-09 09:20:00")
    late_out(friday)
    friday.run()
    assert friday.record("mon", monday).verdict is None
    close(friday, FRIDAY)
    friday.run()
    assert friday.record("mon", monday).verdict.status == "late"
    assert friday.record("fri", FRIDAY).verdict.check_out is None
    (row,) = differences(friday).body["payrollDifferences"]
    assert (row["shiftId"], row["cause"]) == ("fri", "latePunch")


def test_other_changes_of_the_company_keep_its_closing(friday):
    shown = friday.ask("tom", "PATCH", "/v1/company", body={"name": "Acme & Co"}).body["company"]
    assert (shown["name"], shown["payrollClosedThrough"]) == ("Acme & Co", "2026-03-06")


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", 7, ""])
def test_a_day_that_cannot_be_closed_is_named(site, day):
    given = {"tomorrow": (datetime.now(UTC) + timedelta(days=1)).date().isoformat()}.get(day, day)
    answer = site.ask("tom", "PATCH", "/v1/company", body={"payrollClosedThrough": given})
    assert (answer.status, answer.body["message"]) == (400, "errMsg_invalidPayrollClosedThrough")


def test_only_an_admin_closes_and_only_managers_see_differences(friday):
    assert close(friday, None, who="mia").body["message"] == "errMsg_notAuthorized"
    assert differences(friday, who="ann").body["message"] == "errMsg_notAuthorized"


def test_the_list_has_pages_and_refuses_more_than_a_month(friday):
    late_out(friday)
    friday.run()
    listed = differences(friday, pageRowCount="1", pageNumber="2").body
    assert (listed["payrollDifferences"], listed["paging"]["totalRowCount"]) == ([], 1)
    assert listed["dataName"] == "payrollDifferences"
    assert "attendance.correct" in listed["uiPermissions"]
    refused = differences(friday, dateTo="2026-04-01").body
    assert refused["message"] == "errMsg_invalidDateTo"
    assert differences(friday, dateTo="2026-03-05").body["payrollDifferences"] == []

"""A policy, a calendar or a clock changes, and the records mend themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from attendance.services.day_runs import day_runs
from attendance.services.sweep_shifts import sweep_shifts
from tests.integration.policies.conftest import ACME

SWEPT = datetime(2026, 3, 6, 22, 1, tzinfo=UTC)


def test_a_stricter_policy_makes_late_who_was_in_time_and_says_why(site):
    site.device()
    site.seat()
    site.policy({"lateGraceMinutes": 15})
    site.punch("2026-03-06 09:10:00")
    site.run()
    assert site.record().verdict.status == "present"
    site.policy({"lateGraceMinutes": 5})
    assert site.run() == 1
    seat = site.record()
    assert (seat.verdict.status, seat.verdict.late_by_minutes) == ("late", 10)
    assert (seat.record_version, seat.change.cause, seat.change.actor) == (
        2,
        "policyChange",
        "directory",
    )


def test_an_old_day_keeps_the_version_of_its_day(site):
    site.device()
    for day in (5, 6):
        site.seat(f"s{day}", day=date(2026, 3, day))
        site.punch(f"2026-03-0{day} 09:10:00")
    site.policy({"lateGraceMinutes": 60})
    site.run()
    site.policy({"lateGraceMinutes": 0}, since="2026-03-06")
    site.run()
    assert site.record("s5", date(2026, 3, 5)).verdict.status == "present"
    assert site.record("s6", date(2026, 3, 6)).verdict.status == "late"


def test_a_policy_that_changes_no_verdict_writes_nothing(site):
    site.device()
    site.seat()
    site.punch("2026-03-06 09:10:00")
    site.run()
    before = site.record()
    site.policy({"lateGraceMinutes": 9})
    site.run()
    assert site.record().revision == before.revision


def test_a_policy_of_a_site_leaves_the_others_alone(site):
    site.device()
    site.seat()
    site.punch("2026-03-06 09:10:00")
    site.run()
    before = site.record()
    site.policy({"lateGraceMinutes": 30}, location="plant")
    site.run()
    assert site.record().revision == before.revision
    site.parts.seats.save(replace(before, shift=replace(before.shift, location="plant")))
    site.run()
    assert site.record().verdict.status == "present"


def test_a_policy_moves_the_instant_at_which_a_coming_shift_is_swept(site):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    site.seat(day=tomorrow)
    site.run()
    before = site.record(day=tomorrow).due_at
    site.policy({"autoAbsentDelayMinutes": 0, "autoCloseDelayMinutes": 0})
    site.run()
    assert site.record(day=tomorrow).due_at == before - timedelta(minutes=60)


def test_a_holiday_told_afterwards_takes_an_absence_away_and_its_end_brings_it_back(site):
    site.seat()
    site.run()
    sweep_shifts(site.parts, SWEPT, "r")
    assert site.record().verdict.status == "absent"
    body = {"date": "2026-03-06", "name": "Founders' day"}
    holiday = site.ask("tom", "POST", "/v1/holidays", body=body).body["holiday"]
    site.run()
    seat = site.record()
    assert (seat.verdict.is_active, seat.change.cause) == (False, "calendarChange")
    site.ask("tom", "DELETE", f"/v1/holidays/{holiday['id']}")
    site.run()
    seat = site.record()
    assert (seat.verdict.status, seat.verdict.is_active) == ("absent", True)


def test_a_renamed_holiday_judges_nobody(site):
    body = {"date": "2026-03-06", "name": "Founders day"}
    holiday = site.ask("tom", "POST", "/v1/holidays", body=body).body["holiday"]
    site.run()
    site.ask("tom", "PATCH", f"/v1/holidays/{holiday['id']}", body={"name": "Founders' day"})
    assert site.run() == 0


def test_days_at_the_end_of_the_calendar_keep_nobody_from_being_judged(site, caplog):
    site.device()
    site.seat()
    for start in ("2026-03-09", "9999-12-31", "0001-01-01", "9999-12-31T10:00:00Z"):
        end = "9999-12-31T23:59:59Z" if len(start) > 10 else "9999-12-31"
        if start == "0001-01-01":
            end = "0001-01-02"
        body = {"userId": "ann", "from": start, "to": end, "kind": "sabbatical"}
        assert site.ask("tom", "POST", "/v1/leaves", body=body).status == 201
    for day in ("0001-01-01", "9999-12-31"):
        site.ask("tom", "POST", "/v1/holidays", body={"date": day, "name": "edge"})
    ends = (
        "9999-12-31 12:00:00",
        "9001-01-03 00:00:00",
        "1000-01-01 00:00:00",
        "0001-01-02 00:00:00",
    )
    for stamp in (*ends, "2026-03-06 09:10:00"):
        site.punch(stamp, received_at=datetime(2026, 3, 6, 9, 10, 30, tzinfo=UTC))
    site.run()
    assert site.record().verdict.status == "late"
    told = site.parts.punches.of_number(ACME, "5", "0", "9999-12-31 23:59:59")
    outcomes = [punch.outcome and punch.outcome.outcome for punch in told]
    assert outcomes == ["tooOld", "tooOld", "applied", "futureClock", "futureClock"]
    site.ask("tom", "PATCH", "/v1/devices/gate", body={"timezone": "Europe/Madrid"})
    site.run()
    assert site.record().verdict.status == "present"
    assert "parked" not in caplog.messages


def test_leave_given_afterwards_excuses_the_morning(site):
    site.device()
    site.seat()
    site.punch("2026-03-06 11:00:00")
    site.run()
    assert site.record().verdict.late_by_minutes == 120
    body = {"userId": "ann", "kind": "doctor"}
    span = {"from": "2026-03-06T08:00:00Z", "to": "2026-03-06T11:00:00Z"}
    leave = site.ask("tom", "POST", "/v1/leaves", body=body | span).body["leave"]
    site.run()
    seat = site.record()
    assert (seat.verdict.status, seat.change.cause) == ("present", "calendarChange")
    site.ask("tom", "DELETE", f"/v1/leaves/{leave['id']}")
    site.run()
    assert site.record().verdict.late_by_minutes == 120


def test_a_sites_new_clock_reads_todays_punches_anew(site):
    today = datetime.now(UTC).date()
    body = {"location": "plant", "timezone": "UTC"}
    place = site.ask("tom", "POST", "/v1/locations", body=body).body["location"]
    site.device(timezone=None, location="plant")
    site.seat(day=today)
    site.punch(f"{today} 10:00:00")
    site.run()
    assert site.record(day=today).verdict.late_by_minutes == 60
    path = f"/v1/locations/{place['id']}"
    site.ask("tom", "PATCH", path, body={"timezone": "Africa/Lagos"})
    site.run()
    assert site.record(day=today).verdict.late_by_minutes == 0


def test_people_who_left_have_their_old_records_mended_too(site):
    site.device()
    site.seat()
    site.punch("2026-03-06 09:10:00")
    site.run()
    user = site.parts.directory.user(ACME, "ann")
    gone = replace(user, is_active=False, valid_from=datetime(2026, 6, 1, tzinfo=UTC))
    site.colleague("ann", **{k: getattr(gone, k) for k in ("is_active", "valid_from")})
    site.run()
    site.policy({"lateGraceMinutes": 30})
    site.run()
    assert site.record().verdict.status == "present"


def test_a_change_of_employment_reaches_days_of_long_ago(site):
    long_ago = date(2024, 3, 6)
    for day in (long_ago, date(2026, 3, 6)):
        site.seat(f"s{day}", day=day)
    site.run()
    sweep_shifts(site.parts, datetime(2024, 3, 6, 22, 1, tzinfo=UTC), "r")
    assert site.record(f"s{long_ago}", long_ago).verdict.is_active
    site.ask("tom", "PATCH", "/v1/users/ann", body={"employedFrom": "2025-01-01"})
    site.run()
    seat = site.record(f"s{long_ago}", long_ago)
    assert (seat.verdict.is_active, seat.change.cause) == (False, "directoryChange")


def test_a_number_given_late_brings_its_punches_of_long_ago_alive(site):
    long_ago = date(2024, 3, 6)
    site.device()
    site.seat(day=long_ago)
    site.punch(f"{long_ago} 09:10:00", number="77")
    site.punch("2024-09-01 09:10:00", number="77")
    site.run()
    site.ask("tom", "PATCH", "/v1/users/ann", body={"deviceUserIds": ["5", "77"]})
    site.run()
    assert site.record(day=long_ago).verdict.late_by_minutes == 10
    day = "2024-09-01"
    ((stray,), _) = site.parts.punches.newest(ACME, day=day, limit=5)
    assert (stray.outcome.outcome, stray.outcome.user_id) == ("unmatched", "ann")


def test_days_are_judged_in_runs_of_a_month_at_most():
    first = date(2026, 1, 1)
    year = [first + timedelta(days=n) for n in range(100)]
    runs = day_runs([*year, date(2027, 1, 1)])
    assert [(b - a).days for a, b in runs] == [30, 30, 30, 6, 0]
    assert day_runs([]) == []
    assert day_runs({date(2026, 1, 4), first}) == [(first, date(2026, 1, 4))]
    assert len(day_runs({date(2026, 1, 5), first})) == 2


def test_a_policy_of_a_site_counts_for_whoever_punched_at_its_terminals(site):
    site.device(location="plant")
    site.seat()
    site.punch("2026-03-06 08:55:00", code=1)
    site.run()
    assert site.record().verdict.check_in is None
    swapped = {"punchCodeMap": {"0": "out", "1": "in"}}
    assert site.policy(swapped, location="plant").status == 201
    site.run()
    record = site.record()
    assert record.verdict.check_in == datetime(2026, 3, 6, 8, 55, tzinfo=UTC)
    assert record.change.cause == "policyChange"

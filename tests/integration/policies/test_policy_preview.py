"""`POST /v1/policy/preview`: what would change, and nothing is stored."""

from datetime import UTC, date, datetime

import pytest

from attendance.services.sweep_shifts import sweep_shifts

SWEPT = datetime(2026, 3, 6, 22, 1, tzinfo=UTC)


def preview(site, fields, who="mia", **days):
    span = {"dateFrom": "2026-03-01", "dateTo": "2026-03-31"}
    return site.ask("mia" if who is None else who, "POST", "/v1/policy/preview", body={
        "policy": fields, **span, **days
    })  # fmt: skip


@pytest.fixture
def worked(site):
    """Ann came ten minutes late on the 5th and six hours before her shift on the 6th."""
    site.device()
    for day in (5, 6):
        site.shift(f"s{day}", date(2026, 3, day), "09:00", "17:00")
        site.seat(f"s{day}", day=date(2026, 3, day))
    site.punch("2026-03-05 09:10:00")
    site.punch("2026-03-06 06:00:00")
    site.run()
    return site


def test_it_tells_which_records_change_from_what_to_what_and_how_many(worked):
    answer = preview(worked, {"lateGraceMinutes": 15, "windowBeforeMinutes": 200})
    assert (answer.status, answer.body["dataName"], answer.body["action"]) == (
        200,
        "preview",
        "get",
    )
    told = answer.body["preview"]
    assert (told["recordsLookedAt"], told["recordsChanged"], told["changesLeftOut"]) == (2, 2, 0)
    assert sorted(told["counts"], key=lambda count: count["from"] or "") == [
        {"from": None, "to": "present", "records": 1},
        {"from": "late", "to": "present", "records": 1},
    ]
    change = next(c for c in told["changes"] if c["shiftId"] == "s5")
    assert (change["userId"], change["shiftDate"]) == ("ann", "2026-03-05")
    assert (change["from"]["lateByMinutes"], change["to"]["lateByMinutes"]) == (10, 0)


def test_it_foretells_exactly_what_the_version_then_does(worked):
    fields = {"lateGraceMinutes": 15, "windowBeforeMinutes": 200, "openStatus": "pending"}
    told = preview(worked, fields).body["preview"]
    worked.policy(fields, since="2026-03-01")
    worked.run()
    for change in told["changes"]:
        seat = worked.record(change["shiftId"], date.fromisoformat(change["shiftDate"]))
        assert (seat.verdict.status, seat.verdict.details) == (
            change["to"]["status"],
            change["to"]["details"],
        )
    assert preview(worked, fields).body["preview"]["recordsChanged"] == 0


def test_nothing_is_stored(worked):
    before = worked.record("s5", date(2026, 3, 5))
    preview(worked, {"lateGraceMinutes": 15})
    assert worked.run() == 0
    after = worked.record("s5", date(2026, 3, 5))
    assert (after, after.revision) == (before, before.revision)
    assert worked.ask("mia", "GET", "/v1/policy").body["policy"]["version"] == 0


def test_days_outside_and_other_sites_stay_as_they_are(worked):
    later = {"dateFrom": "2026-03-06", "dateTo": "2026-03-06"}
    assert preview(worked, {"lateGraceMinutes": 15}, **later).body["preview"]["changes"] == []
    elsewhere = preview(worked, {"lateGraceMinutes": 15}, location="plant").body["preview"]
    assert (elsewhere["recordsLookedAt"], elsewhere["recordsChanged"]) == (1, 0)


def test_an_absence_that_would_not_be_one_is_told_as_no_record(worked):
    worked.seat("s4", day=date(2026, 3, 4))
    worked.shift("s4", date(2026, 3, 4), "09:00", "17:00")
    worked.run()
    sweep_shifts(worked.parts, SWEPT.replace(day=4), "r")
    sweep_shifts(worked.parts, SWEPT.replace(day=5, minute=30), "r")
    told = preview(worked, {"autoAbsent": False}, dateTo="2026-03-04").body["preview"]
    assert told["counts"] == [{"from": "absent", "to": None, "records": 1}]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"policy": {"lateGraceMinutes": "x"}}, "invalidPolicyLateGraceMinutes"),
        ({"policy": {"windowBeforeMinutes": 720}}, "invalidPolicyWindowBeforeMinutes"),
        ({"dateTo": "2026-02-28"}, "invalidBody"),
        ({"dateFrom": None}, "invalidDateFrom"),
    ],
)
def test_a_mistake_is_a_400_as_for_the_version_itself(worked, change, word):
    body = {"policy": {}, "dateFrom": "2026-03-01", "dateTo": "2026-03-31"} | change
    answer = worked.ask("mia", "POST", "/v1/policy/preview", body=body)
    assert (answer.status, answer.body["message"]) == (400, f"errMsg_{word}")


def test_an_employee_may_not_look_into_others_records(site):
    assert preview(site, {}, who="ann").body["message"] == "errMsg_notAuthorized"

"""`GET /v1/reports/rest`: rests under 11 hours and weeks over 48, told of records."""

from datetime import date, timedelta

import pytest

WEEK = {"dateFrom": "2026-03-02", "dateTo": "2026-03-08"}
MONDAY = date(2026, 3, 2)


def report(site, who="mia", **query):
    return site.ask(who, "GET", "/v1/reports/rest", query={**WEEK, **query})


@pytest.fixture
def busy(site):
    """Ann works from 8 to 18 on five days, and till 22 on Tuesday."""
    site.device()
    for place in range(5):
        day = MONDAY + timedelta(days=place)
        site.seat(f"d{place}", day=day, start="08:00", end="18:00")
        site.punch(f"{day} 08:00:00")
        site.punch(f"{day} {'22' if place == 1 else '18'}:00:00", code=1)
    site.run()
    return site


def test_it_lists_the_short_rest_and_the_long_week(busy):
    body = report(busy).body
    assert (body["dataName"], body["action"], body["paging"]["totalRowCount"]) == (
        "restReport",
        "list",
        2,
    )
    rest, week = body["restReport"]
    assert rest == {
        "kind": "dailyRest",
        "userId": "ann",
        "dateFrom": "2026-03-03",
        "dateTo": "2026-03-04",
        "restFrom": "2026-03-03T22:00:00.000Z",
        "restTo": "2026-03-04T08:00:00.000Z",
        "minutes": 600,
        "limitMinutes": 660,
    }
    assert (week["kind"], week["dateFrom"], week["dateTo"]) == (
        "weeklyHours",
        "2026-03-02",
        "2026-03-08",
    )
    assert (week["minutes"], week["limitMinutes"], week["restFrom"]) == (54 * 60, 48 * 60, None)


def test_a_rest_that_began_before_the_days_and_weeks_at_the_edges_are_told(busy):
    rows = report(busy, dateFrom="2026-03-04", dateTo="2026-03-04").body["restReport"]
    assert [row["kind"] for row in rows] == ["dailyRest", "weeklyHours"]
    rows = report(busy, dateFrom="2026-03-08", dateTo="2026-03-09").body["restReport"]
    assert [row["kind"] for row in rows] == ["weeklyHours"]
    assert report(busy, dateFrom="2026-03-09", dateTo="2026-03-10").body["restReport"] == []


def test_an_employee_sees_his_own_and_nobody_else_s(busy):
    assert len(report(busy, who="ann").body["restReport"]) == 2
    assert report(busy, who="ann", userId="mia").body["restReport"] == []
    assert report(busy, userId="mia").body["restReport"] == []
    assert len(report(busy, userId="ann").body["restReport"]) == 2


def test_it_has_pages_and_names_what_is_wrong(busy):
    second = report(busy, pageRowCount="1", pageNumber="2").body
    assert [row["kind"] for row in second["restReport"]] == ["weeklyHours"]
    assert second["filters"] == [
        {"name": "dateFrom", "values": ["2026-03-02"]},
        {"name": "dateTo", "values": ["2026-03-08"]},
    ]
    for query, word in (
        ({"dateTo": "2026-03-01"}, "invalidDateTo"),
        ({"dateTo": "2026-04-02"}, "invalidDateTo"),
        ({"dateFrom": "yesterday"}, "invalidDateFrom"),
        ({"userId": "a#b"}, "invalidUserId"),
    ):
        answer = report(busy, **query)
        assert (answer.status, answer.body["message"]) == (400, f"errMsg_{word}")
    assert report(busy, dateTo="2026-04-01").status == 200


def test_no_status_changes_by_it(busy):
    report(busy)
    assert busy.run() == 0
    assert busy.record("d2", MONDAY + timedelta(days=2)).verdict.status == "present"

"""`POST /v1/punches/release`: a manager's word lets punches out of quarantine."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance.model.punch import identity_of
from tests.integration.policies.conftest import ACME


@pytest.fixture
def held(site):
    """A punch of a clock a day ahead, which the rules keep aside."""
    site.device()
    site.seat()
    read_at = site.punch("2026-03-05 23:00:00", number="9").received_at
    punch = site.punch("2026-03-06 09:10:00", received_at=read_at - timedelta(hours=3))
    site.run()
    assert site.record().verdict is None
    return punch


def release(site, body, who="mia"):
    return site.ask(who, "POST", "/v1/punches/release", body={"reason": "clock was wrong"} | body)


def test_a_released_punch_is_judged_and_who_when_and_why_are_kept(site, held):
    gone = held.punch_id.replace("09:10", "09:11")
    answer = release(site, {"ids": [held.punch_id, held.punch_id, gone, "nonsense"]})
    assert (answer.status, answer.body["dataName"]) == (200, "release")
    done = answer.body["release"]
    assert (done["released"], done["notFound"], done["notQuarantined"]) == (1, 2, 0)
    assert done["notFoundIds"] == [gone, "nonsense"]
    site.run()
    assert site.record().verdict.late_by_minutes == 10
    kept = site.parts.punches.get(ACME, identity_of(held.punch_id))
    assert (kept.released, kept.release.actor) == (True, "user:mia")
    assert kept.release.reason == "clock was wrong"
    assert kept.timestamp == held.timestamp
    rows = site.ask("mia", "GET", "/v1/punches", query={"date": "2026-03-06"}).body["punches"]
    assert [row["release"]["reason"] for row in rows] == ["clock was wrong"]


def test_a_punch_is_released_once(site, held):
    release(site, {"ids": [held.punch_id]})
    first = site.parts.punches.get(ACME, identity_of(held.punch_id)).release
    again = release(site, {"ids": [held.punch_id], "reason": "again"}).body["release"]
    assert (again["released"], again["notQuarantined"]) == (0, 1)
    assert site.parts.punches.get(ACME, identity_of(held.punch_id)).release == first


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 1),
        ({"deviceId": "gate", "date": "2026-03-06", "userId": "ann"}, 1),
        ({"deviceId": "yard"}, 0),
        ({"date": "2026-03-05"}, 0),
        ({"userId": "tom"}, 0),
    ],
)
def test_a_filter_finds_what_is_in_quarantine(site, held, wanted, count):
    done = release(site, {"filter": wanted}).body["release"]
    assert (done["released"], done["left"]) == (count, 0)


def test_a_punch_that_needs_no_release_stays_as_it_is(site, held):
    sound = site.punch("2026-03-06 16:00:00", code=1)
    site.run()
    done = release(site, {"ids": [sound.punch_id]}).body["release"]
    assert (done["released"], done["notQuarantined"]) == (0, 1)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"ids": ["x"], "reason": " "}, "reasonRequired"),
        ({"ids": ["x"], "reason": None}, "reasonRequired"),
        ({}, "invalidIds"),
        ({"ids": ["x"], "filter": {}}, "invalidIds"),
        ({"filter": {"date": "monday"}}, "invalidFilterDate"),
    ],
)
def test_a_mistake_is_a_400(site, body, word):
    answer = release(site, body)
    assert (answer.status, answer.body["message"]) == (400, f"errMsg_{word}")


def test_an_employee_may_not_release_not_even_his_own(site, held):
    answer = release(site, {"ids": [held.punch_id]}, who="ann")
    assert answer.body["message"] == "errMsg_notAuthorized"


def test_lines_of_a_clock_gone_mad_may_be_released_and_keep_nobody_from_being_judged(site, caplog):
    site.device()
    site.seat()
    read_at = datetime(2026, 3, 6, 18, tzinfo=UTC)
    for day in ("0001-01-01", "9999-12-31", "2026-03-06"):
        site.punch(f"{day} 09:10:00", received_at=read_at)
    site.run()
    done = release(site, {"filter": {"deviceId": "gate"}}).body["release"]
    assert done["released"] == 2
    site.run()
    assert site.record().verdict.status == "late"
    told = site.parts.punches.of_number(ACME, "5", "0", "9999-12-31 23:59:59")
    assert [punch.outcome.outcome for punch in told] == ["unmatched", "applied", "unmatched"]
    assert "parked" not in caplog.messages

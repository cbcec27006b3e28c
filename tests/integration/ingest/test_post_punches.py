"""`POST /v1/punches` as punches.md has it, on a real table."""

from datetime import timedelta

import pytest

from attendance.identity import CompanyId
from ingest_punches.app import lambda_handler
from tests.http_events import CONTEXT, answer_of, http_event
from tests.integration.ingest.conftest import SiteAgent, a_report, a_row

ACME = CompanyId("acme")


def post(event) -> tuple[int, dict]:
    return answer_of(lambda_handler(event, CONTEXT))


def stored(agent: SiteAgent) -> list:
    return agent.parts.punches.newest(ACME, day=None, limit=5000)[0]


def test_every_row_is_accepted_once_and_a_duplicate_ever_after(agent):
    rows = [a_row(f"2026-03-06 09:{n // 60:02d}:{n % 60:02d}") for n in range(1000)]
    status, receipt = post(agent.event(agent.batch(*rows)))
    assert status == 200
    assert (receipt["accepted"], receipt["duplicates"], receipt["rejected"]) == (1000, 0, [])
    status, receipt = post(agent.event(agent.batch(*rows[500:], a_row("2026-03-07 08:00:00"))))
    assert (receipt["accepted"], receipt["duplicates"]) == (1, 500)
    assert receipt["serverTime"].endswith("Z")
    assert len(stored(agent)) == 1001


def test_equal_rows_of_one_batch_are_one_punch(agent):
    status, receipt = post(agent.event(agent.batch(a_row(), a_row(), a_row(uid=9))))
    assert status == 200
    assert (receipt["accepted"], receipt["duplicates"]) == (1, 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_row("2026-13-06 09:15:23"), "INVALID_TIME timestamp: expected YYYY-MM-DD HH:MM:SS"),
        (a_row("2026-03-06T09:15:23"), "INVALID_TIME timestamp: expected YYYY-MM-DD HH:MM:SS"),
        (a_row("2026-3-6 9:15:23"), "INVALID_TIME timestamp: expected YYYY-MM-DD HH:MM:SS"),
        (a_row("0000-00-00 00:00:00"), "INVALID_TIME timestamp: expected YYYY-MM-DD HH:MM:SS"),
        (a_row(user_id=""), "malformed user_id"),
        (a_row(user_id=5), "malformed user_id"),
        (a_row(punch="0"), "malformed punch"),
        (a_row(status=-1), "malformed status"),
        (a_row(device_id="a#b"), "malformed device_id"),
        ({"device_id": "principal"}, "malformed user_id"),
        ("row", "malformed: expected an object"),
        (None, "malformed: expected an object"),
    ],
)
def test_a_malformed_row_is_rejected_by_its_index_and_the_rest_is_kept(agent, row, reason):
    status, receipt = post(agent.event(agent.batch(a_row(), row, a_row("2026-03-06 10:00:00"))))
    assert status == 200
    assert receipt["accepted"] == 2
    assert [r["index"] for r in receipt["rejected"]] == [1]
    assert receipt["rejected"][0]["reason"].startswith(reason)
    assert len(stored(agent)) == 2


@pytest.mark.parametrize(
    "body",
    [
        '{"batchId": "b", ',
        "[" * 5000 + "]" * 5000,
        '{"batchId": NaN}',
        '{"batchId": "\\ud800"}',
        "",
        "[]",
        "null",
    ],
)
def test_broken_json_is_a_400_and_stores_nothing(agent, body):
    status, answer = post(agent.event(None, raw_body=body))
    assert (status, answer["result"], answer["message"]) == (400, "ERR", "errMsg_invalidBody")
    assert stored(agent) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"batchId": None}, "errMsg_invalidBatchId"),
        ({"sentAt": "2026-03-06T09:00:00"}, "errMsg_invalidSentAt"),
        ({"punches": [a_row()] * 1001}, "errMsg_invalidPunches"),
        ({"devices": [a_report(timezone="Mars/Olympus")]}, "errMsg_invalidTimezone"),
        ({"devices": [a_report(read_at="yesterday")]}, "errMsg_invalidRead_at"),
        ({"devices": [a_report(read_at="0001-01-01T00:00:00+12:00")]}, "errMsg_invalidRead_at"),
        ({"devices": [a_report(watermark="9999-12-31T23:59:59-12:00")]}, "errMsg_invalidWatermark"),
        ({"sentAt": "9999-12-31T23:59:59-12:00"}, "errMsg_invalidSentAt"),
        ({"devices": [a_report(clock_offset_seconds=1e300)]}, "errMsg_invalidClock_offset_seconds"),
    ],
)
def test_a_malformed_frame_is_a_400_that_names_the_field(agent, change, word):
    status, answer = post(agent.event(agent.batch(a_row()) | change))
    assert (status, answer["message"]) == (400, word)
    assert stored(agent) == []


def test_a_wrong_signature_an_unknown_agent_and_a_revoked_one_look_the_same(agent, parts):
    forged = agent.event(agent.batch(a_row()))
    forged["body"] = forged["body"].replace("09:15:23", "08:15:23")
    stranger = SiteAgent(parts, "acme_other")
    stranger.key = agent.key
    unknown = agent.event(agent.batch(a_row()))
    unknown["headers"]["signature-input"] = unknown["headers"]["signature-input"].replace(
        "acme_site1", "acme_nobody"
    )
    unsigned = http_event("POST", "/v1/punches", agent.batch(a_row()))
    answers = [
        post(event)
        for event in (forged, stranger.event(stranger.batch(a_row())), unknown, unsigned)
    ]
    words = {(status, answer["message"], answer["detail"]) for status, answer in answers}
    assert len(words) == 1
    assert answers[0][0] == 401
    assert "serverTime" in answers[0][1]
    assert stored(agent) == []


def test_a_repeated_nonce_is_refused_and_a_fresh_one_is_not(agent):
    event = agent.event(agent.batch(a_row()))
    assert post(dict(event))[0] == 200
    assert post(dict(event))[0] == 401


@pytest.mark.parametrize("late", [timedelta(seconds=310), timedelta(seconds=-310)])
def test_a_clock_more_than_five_minutes_off_is_told_the_servers_time(agent, late):
    status, answer = post(agent.event(agent.batch(a_row()), late=late))
    assert status == 401
    assert answer["serverTime"].endswith("Z")


@pytest.mark.parametrize("late", [timedelta(seconds=280), timedelta(seconds=-280)])
def test_a_clock_less_than_five_minutes_off_is_good_enough(agent, late):
    assert post(agent.event(agent.batch(a_row()), late=late))[0] == 200


@pytest.mark.parametrize(
    "spoil",
    [
        {"covered": ("@method", "@path", "content-digest")},
        {"covered": ("@method", "@path", "@query")},
        {"label": "sig1"},
        {"nonce": "short"},
    ],
)
def test_a_signature_that_covers_too_little_is_refused(agent, spoil):
    assert post(agent.event(agent.batch(a_row()), **spoil))[0] == 401


def test_a_terminal_nobody_registered_becomes_a_new_device_that_waits(agent):
    other = a_row(device_id="bodega")
    assert post(agent.event(agent.batch(a_row(), other)))[1]["accepted"] == 2
    known = agent.parts.directory.member(ACME, "DEVICE", "principal")
    assert known.body["isNew"] is True
    assert known.body["approved"] is False
    assert known.body["agentId"] == "acme_site1"
    assert known.body["timezone"] == "America/Mexico_City"
    assert known.body["health"]["ok"] is True
    assert agent.parts.directory.member(ACME, "DEVICE", "bodega").body["isNew"] is True


def test_a_terminal_of_another_agent_is_rejected_by_index(agent, parts):
    post(agent.event(agent.batch(a_row())))
    second = SiteAgent(parts, "acme_site2")
    rows = (a_row("2026-03-08 09:00:00"), a_row(device_id="own"))
    status, receipt = post(second.event(second.batch(*rows, devices=[])))
    assert status == 200
    assert receipt["rejected"] == [{"index": 0, "reason": "foreignDevice"}]
    assert receipt["accepted"] == 1


def test_a_report_without_punches_keeps_the_terminals_health(agent):
    broken = a_report(ok=False, error="no answer within 120 s", watermark=None)
    assert post(agent.event(agent.batch(devices=[broken])))[1]["accepted"] == 0
    health = agent.parts.directory.member(ACME, "DEVICE", "principal").body["health"]
    assert (health["ok"], health["error"]) == (False, "no answer within 120 s")


def test_the_watermark_never_goes_back(agent):
    post(agent.event(agent.batch(devices=[a_report(watermark="2026-03-06T10:00:00Z")])))
    post(agent.event(agent.batch(devices=[a_report(watermark="2026-03-06T09:00:00Z")])))
    post(agent.event(agent.batch(devices=[a_report(watermark=None)])))
    health = agent.parts.directory.member(ACME, "DEVICE", "principal").body["health"]
    assert health["watermark"] == "2026-03-06T10:00:00.000Z"


def test_the_same_route_answers_under_the_base_path(agent):
    event = agent.event(agent.batch(a_row()), path="/attendancemanagement-api/v1/punches")
    assert post(event)[0] == 200


def test_unknown_fields_of_a_newer_agent_are_ignored(agent):
    batch = agent.batch(a_row(colour="red")) | {"firmware": "9"}
    assert post(agent.event(batch))[1]["accepted"] == 1

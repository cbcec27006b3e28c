"""A batch that was stored whole costs one read when it comes again, and nothing is ever lost."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.adapters.table import Table
from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from ingest_punches.app import lambda_handler
from tests.http_events import CONTEXT, answer_of
from tests.integration.ingest.conftest import SiteAgent, a_report, a_row
from tests.table_calls import table_calls

ACME = CompanyId("acme")
REPORT = a_report()
NONCE = "PutItem"
"""Every request's nonce is kept, so that nobody can send it again."""


def post(agent: SiteAgent, *rows, devices=(REPORT,)) -> tuple[dict, list[str]]:
    event = agent.event(agent.batch(*rows, devices=list(devices)))
    with table_calls() as calls:
        status, receipt = answer_of(lambda_handler(event, CONTEXT))
    assert status == 200, receipt
    return receipt, calls


def stored(agent: SiteAgent) -> set[str]:
    return {punch.punch_id for punch in agent.parts.punches.newest(ACME, day=None, limit=5000)[0]}


def test_a_thousand_punches_are_45_calls_and_one_beside_the_nonce_when_they_come_again(agent):
    rows = [a_row(f"2026-03-06 09:{n // 60:02d}:{n % 60:02d}") for n in range(1000)]
    post(agent)
    receipt, calls = post(agent, *rows)
    assert (receipt["accepted"], len(calls)) == (1000, 45)
    receipt, calls = post(agent, *rows)
    assert (receipt["accepted"], receipt["duplicates"], receipt["rejected"]) == (0, 1000, [])
    assert calls == ["BatchGetItem", NONCE]


def test_a_repeat_with_another_row_is_no_repeat(agent):
    post(agent, a_row())
    receipt, calls = post(agent, a_row(), a_row("2026-03-06 10:00:00"))
    assert (receipt["accepted"], receipt["duplicates"]) == (1, 1)
    assert "BatchExecuteStatement" in calls


def test_the_same_rows_with_other_news_of_the_terminal_are_looked_at(agent):
    post(agent, a_row())
    receipt, _ = post(agent, a_row(), devices=[a_report(ok=False, error="unplugged")])
    assert receipt["duplicates"] == 1
    health = agent.parts.directory.member(ACME, "DEVICE", "principal").body["health"]
    assert (health["ok"], health["error"]) == (False, "unplugged")


def test_a_report_without_punches_is_never_taken_for_a_repeat(agent):
    post(agent)
    _, calls = post(agent)
    assert calls == ["BatchGetItem", NONCE, "Query", "PutItem"]


def test_a_batch_with_a_refused_row_is_looked_at_again(agent, parts):
    post(agent, a_row())
    second = SiteAgent(parts, "acme_site2")
    row = a_row("2026-03-08 09:00:00")
    assert post(second, row, devices=[])[0]["rejected"] == [{"index": 0, "reason": "foreignDevice"}]
    device = parts.directory.member(ACME, "DEVICE", "principal")
    device.body["agentId"] = "acme_site2"
    parts.directory.save_member(device)
    assert post(second, row, devices=[])[0]["accepted"] == 1


def test_what_one_agent_sent_is_not_taken_for_anothers(agent, parts):
    post(agent, a_row(), devices=[])
    second = SiteAgent(parts, "acme_site2")
    receipt, _ = post(second, a_row(), devices=[])
    assert receipt["rejected"] == [{"index": 0, "reason": "foreignDevice"}]


ROWS = [a_row(f"2026-03-06 09:{n:02d}:00", user_id=str(n % 3)) for n in range(60)]
BATCHES = st.lists(st.tuples(st.integers(0, 59), st.integers(1, 40)), min_size=1, max_size=4)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=BATCHES, seed=st.integers())
def test_however_a_batch_was_cut_short_its_repeat_stores_it_whole(
    agent, monkeypatch, batches, seed
):
    """The table fails at every third write or so; a batch is sent until it is answered."""
    chance = random.Random(seed)

    def failing(write):
        def work(self, *args, **options):
            if chance.random() < 0.3:
                raise UnavailableError("throttled", "The table is busy; send the same batch again.")
            return write(self, *args, **options)

        return work

    before = stored(agent)
    with monkeypatch.context() as patch:
        patch.setattr(Table, "_insert_chunk", failing(Table._insert_chunk))
        patch.setattr(Table, "save", failing(Table.save))
        sent = before
        for first, count in batches:
            rows = ROWS[first : first + count]
            accepted = _send_until_answered(agent, rows)
            known, sent = sent, sent | {_identity(row) for row in rows}
            assert accepted["accepted"] + accepted["duplicates"] == len(rows)
            assert accepted["accepted"] <= len(sent - known)
    assert stored(agent) == sent


def _identity(row: dict) -> str:
    return "{timestamp}#{device_id}#{user_id}#{punch}#{status}".format(**row)


def _send_until_answered(agent: SiteAgent, rows: list[dict]) -> dict:
    for _ in range(40):
        event = agent.event(agent.batch(*rows, devices=[]))
        status, receipt = answer_of(lambda_handler(event, CONTEXT))
        if status == 200:
            return receipt
        assert status == 503
    raise AssertionError("never answered")

"""Answers to lists from the process's memory (rest-api.md section 1, `caching`, `cacheTTL`)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from attendance.adapters import list_memory
from attendance.adapters.record_counts import RecordCounts
from attendance.adapters.table import Table
from tests.integration.attendance_api.world import World
from tests.table_calls import table_calls

LIST = "/v1/attendance-records"


def ask(world: World, who: str = "mia", **query):
    answer = world.get(who, LIST, **query)
    assert answer.status == 200, answer.text
    return answer.body


def changed_elsewhere(world: World, at: datetime) -> None:
    """What the stream notes at the root when another process has written a record."""
    RecordCounts(Table(), world.company).apply({}, at)


def test_the_same_question_again_is_answered_from_the_cache_by_one_read(world):
    world.record("ana")
    first = ask(world)
    with table_calls() as calls:
        again = ask(world)
    assert (first["source"], first["cacheKey"]) == ("db", None)
    assert again["source"] == "cache"
    assert len(again["cacheKey"]) == 32
    assert calls == ["GetItem"]
    same = ("attendanceRecords", "paging", "rowCount", "filters", "uiPermissions", "userId")
    assert [again[key] for key in same] == [first[key] for key in same]
    assert ask(world)["cacheKey"] == again["cacheKey"]


@pytest.mark.parametrize("query", [{"caching": "false"}, {"cacheTTL": 0}])
def test_a_client_may_want_it_from_the_table(world, query):
    world.record("ana")
    ask(world)
    assert ask(world, **query)["source"] == "db"


def test_a_kept_answer_is_no_older_than_the_client_allows(world, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(world.parts.lists, "_clock", lambda: clock[0])
    ask(world)
    clock[0] += 299
    assert ask(world)["source"] == "cache"
    assert ask(world, cacheTTL=299)["source"] == "db"
    clock[0] += 300
    assert ask(world)["source"] == "db"


def test_a_write_of_the_same_process_is_shown_at_once(world):
    world.record("ana")
    assert [ask(world)["source"] for _ in range(2)] == ["db", "cache"]
    world.record("ana", shift_id="later", day=date(2026, 3, 7))
    after = ask(world)
    assert (after["source"], after["rowCount"]) == ("db", 2)


def test_a_write_of_another_process_is_shown_as_soon_as_the_stream_tells_of_it(world):
    world.record("ana")
    assert [ask(world)["source"] for _ in range(2)] == ["db", "cache"]
    changed_elsewhere(world, datetime.now(UTC) - timedelta(seconds=5))
    assert [ask(world)["source"] for _ in range(2)] == ["db", "cache"]


def test_what_was_read_while_the_index_may_lag_is_not_kept(world):
    changed_elsewhere(world, datetime.now(UTC))
    assert [ask(world)["source"] for _ in range(3)] == ["db"] * 3


def test_a_write_of_another_company_changes_nothing(world, rival):
    ask(world)
    rival.record("ana")
    assert ask(world)["source"] == "cache"
    assert ask(rival)["source"] == "db"


def test_no_reader_gets_what_was_made_for_another(world):
    world.person("bob")
    world.record("ana")
    world.record("bob")
    assert ask(world, "mia")["attendanceRecords"][0]["managerNote"] == "between managers"
    for who in ("ana", "bob"):
        body = ask(world, who)
        assert body["source"] == "db"
        assert [(row["userId"], row["managerNote"]) for row in body["attendanceRecords"]] == [
            (who, None)
        ]


def test_every_part_of_a_question_counts(world):
    world.record("ana")
    questions = (
        {}, {"pageNumber": 2}, {"pageRowCount": 24}, {"getJoins": "false"}, {"userId": "ana"},
        {"userId": ["ana", "null"]}, {"shiftId": "day"}, {"status": "present"},
        {"status": ["present", "null"]}, {"dateFrom": "2026-03-06"}, {"dateTo": "2026-03-06"},
    )  # fmt: skip
    assert [ask(world, **question)["source"] for question in questions] == ["db"] * 11
    keys = [ask(world, **question)["cacheKey"] for question in questions]
    assert None not in keys
    assert len(set(keys)) == 11


def test_what_is_large_is_not_kept(world, monkeypatch):
    monkeypatch.setattr(list_memory, "LARGEST_ANSWER", 100)
    world.record("ana")
    assert [ask(world)["source"] for _ in range(2)] == ["db"] * 2

"""Any page of the list of records costs the same, however many records there are."""

import pytest

from tests.integration.attendance_api.crowd import FIRST_DAY, fill
from tests.integration.attendance_api.world import World
from tests.table_calls import table_reads

LIST = "/v1/attendance-records"
SMALL, LARGE = {"people": 25, "days": 10}, {"people": 200, "days": 10}


@pytest.fixture(scope="module")
def companies(parts):
    """One with 250 records and one with 2,000."""
    worlds = World(parts), World(parts)
    for world, size in zip(worlds, (SMALL, LARGE), strict=True):
        fill(world, **size)
    return worlds


def cost(world, **query):
    """The answer, and what it took beside session and grants."""
    world.get("mia", f"{LIST}/nothing")
    with table_reads() as reads:
        answer = world.get("mia", LIST, **query)
    assert answer.status == 200, answer.text
    assert answer.body["source"] == "db"
    return answer.body, (reads.calls, reads.units)


@pytest.mark.parametrize("query", [{}, {"dateFrom": f"{FIRST_DAY}"}])
def test_page_40_costs_what_page_1_costs_at_every_size(companies, query):
    costs = []
    for world, size in zip(companies, (SMALL, LARGE), strict=True):
        for number in (1, 2, 20, 40):
            body, paid = cost(world, **query, pageNumber=number, pageRowCount=5)
            assert body["rowCount"] == 5
            assert body["paging"]["totalRowCount"] == size["people"] * size["days"]
            costs.append(paid)
    assert costs == [costs[0]] * 8
    assert costs[0][0] == ["GetItem"] * 4 + ["Query"]


def test_25_rows_are_2_units_beside_the_counts(companies):
    for world in companies:
        for number in (1, 5, 9):
            body, (calls, units) = cost(world, pageNumber=number)
            assert body["rowCount"] == 25
            assert units - 0.5 * calls.count("GetItem") <= 2


def test_a_status_is_counted_without_being_read(companies):
    for world, size in zip(companies, (SMALL, LARGE), strict=True):
        calls = []
        for number in (1, 4):
            body, (asked, _) = cost(world, status="present", pageNumber=number)
            assert body["rowCount"] == 25
            absent = -(-size["people"] // 10) * size["days"]
            assert body["paging"]["totalRowCount"] == size["people"] * size["days"] - absent
            calls.append(asked.count("Query"))
        assert calls == [1, 1]

"""Any page of the list of records costs the same, however many records there are."""

import base64
import hashlib
from datetime import date, timedelta

import pytest

from attendance.adapters.counted_list import Counted, CountedList
from attendance.adapters.record_counts import RecordCounts
from attendance.domain.status import Status
from tests.integration.attendance_api.crowd import FIRST_DAY, fill
from tests.integration.attendance_api.world import MADE, World
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


@pytest.mark.parametrize("people", [25, 2500])
def test_any_of_100_000_places_is_found_as_cheaply_as_any_of_1_000(parts, people):
    world = World(parts)
    places = [place for n in range(40) for place in _places(FIRST_DAY + timedelta(days=n), people)]
    counts = RecordCounts(parts.table, world.company)
    for n in range(0, len(places), 10 * people):
        counts.apply(dict.fromkeys(places[n : n + 10 * people], Status.PRESENT), MADE)
    everything = Counted(first=date.min, last=date.max)
    newest_first = sorted(places, reverse=True)
    for place in (0, 39 * 25, len(places) - 1):
        with table_reads() as reads:
            tree = CountedList(parts.table, world.company)
            assert tree.total(everything) == len(places)
            assert tree.place_at(place, everything) == newest_first[place]
        assert (reads.calls, reads.units) == (["GetItem"] * 4, 2)


def _places(day: date, people: int) -> list[str]:
    """Three shifts a day, and digests as even as real ones."""
    digests = (hashlib.sha256(f"{day}{n}".encode()).digest()[:8] for n in range(people))
    texts = (base64.b32hexencode(digest).decode()[:13] for digest in digests)
    return [f"{day}#{('1K0', '20G', '2H0')[n % 3]}{text}" for n, text in enumerate(texts)]


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

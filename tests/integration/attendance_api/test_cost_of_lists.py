"""Any page of the list of records costs the same, however many records there are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from attendance.adapters.count_marks import Mark, mark_of, marks_of
from attendance.adapters.counted_list import Counted, CountedList
from attendance.adapters.list_place import ListPlace, spot_of
from attendance.adapters.record_counts import RecordCounts
from attendance.domain.status import Status
from tests.integration.attendance_api.crowd import FIRST_DAY, fill
from tests.integration.attendance_api.world import MADE, World
from tests.table_calls import table_calls, table_reads

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
    return answer.body, reads


@pytest.mark.parametrize("query", [{}, {"dateFrom": f"{FIRST_DAY}"}])
def test_page_40_costs_what_page_1_costs_at_every_size(companies, query):
    costs = []
    for world, size in zip(companies, (SMALL, LARGE), strict=True):
        for number in (1, 2, 20, 40):
            body, reads = cost(world, **query, pageNumber=number, pageRowCount=5)
            assert body["rowCount"] == 5
            assert body["paging"]["totalRowCount"] == size["people"] * size["days"]
            costs.append((reads.calls, reads.units))
    assert costs == [costs[0]] * 8
    assert costs[0][0] == ["GetItem"] * 3 + ["Query"]


def test_25_rows_are_2_units_beside_the_counts(companies):
    for world in companies:
        for number in (1, 5, 9):
            body, reads = cost(world, pageNumber=number)
            assert body["rowCount"] == 25
            assert reads.units - reads.units_for_counts <= 2


@pytest.mark.parametrize("people", [25, 2500])
def test_any_of_100_000_places_is_found_as_cheaply_as_any_of_1_000(parts, people):
    world = World(parts)
    places = [place for n in range(40) for place in _places(FIRST_DAY + timedelta(days=n), people)]
    counts = RecordCounts(parts.table, world.company)
    for n in range(0, len(places), people):
        some = (mark_of(place, Status.PRESENT) for place in places[n : n + people])
        counts.apply(dict.fromkeys(some, True), MADE)
    everything = Counted(first=date.min, last=date.max)
    newest_first = sorted((place.text for place in places), reverse=True)
    for place in (0, 39 * 25, len(places) - 1):
        with table_reads() as reads:
            tree = CountedList(parts.table, world.company)
            assert tree.total(everything) == len(places)
            (mark,) = tree.window(place, place + 1, everything)
            assert mark.place == newest_first[place]
        assert reads.calls == ["GetItem"] * 3
        assert reads.units <= 2


def _places(day: date, people: int) -> Iterator[ListPlace]:
    """Three shifts a day."""
    starts = [datetime.combine(day, time(hour), UTC) for hour in (6, 14, 22)]
    for number in range(people):
        spot = spot_of(day, starts[number % 3])
        yield ListPlace(spot=spot, shift_id=f"{day}-{number % 3}", user_id=f"p{number}")


def test_a_batch_of_the_stream_is_three_writes_however_many_came(parts):
    world = World(parts)
    counts = RecordCounts(parts.table, world.company)
    places = list(_places(FIRST_DAY, 600))[::3]
    for first in range(0, 200, 50):
        some: dict[Mark, bool] = {}
        for number, place in enumerate(places[first : first + 50]):
            some |= marks_of(place, Status.LATE if number % 10 == 0 else Status.PRESENT)
        with table_calls() as calls:
            counts.apply(some, MADE)
        where_the_shift_is = ["UpdateItem"] if first == 0 else []
        assert calls == ["BatchGetItem", *where_the_shift_is, *["UpdateItem"] * 3]


def test_a_status_is_one_call_for_its_rows_and_one_a_level_of_the_counts(companies):
    for world, size in zip(companies, (SMALL, LARGE), strict=True):
        absent = -(-size["people"] // 10) * size["days"]
        shares = {"present": size["people"] * size["days"] - absent, "absent": absent}
        for status, number in product(shares, (1, 2, 6)):
            body, reads = cost(world, status=status, pageNumber=number, pageRowCount=5)
            assert [row["status"] for row in body["attendanceRecords"]] == [status] * 5
            assert body["paging"]["totalRowCount"] == shares[status]
            assert (len(reads.calls), reads.calls_for_counts) == (4, 3)
            if status == "absent":
                assert reads.units - reads.units_for_counts == 5 * 0.5


def test_a_page_of_a_shift_is_one_call_for_its_rows_wherever_it_is(companies):
    costs = []
    for world, size in zip(companies, (SMALL, LARGE), strict=True):
        people = len(range(1, size["people"], 3))
        shift_id = f"s{FIRST_DAY:%Y%m%d}1"
        for number in (1, 2, people):
            body, reads = cost(world, shiftId=shift_id, pageNumber=number, pageRowCount=1)
            assert [row["shiftId"] for row in body["attendanceRecords"]] == [shift_id]
            assert body["paging"]["totalRowCount"] == people
            costs.append((reads.calls, reads.units))
    assert costs == [(["GetItem"] * 3 + ["Query"], 2)] * 6


def test_a_shift_that_nobody_came_to_is_as_cheap(companies):
    for world in companies:
        world.shift("idle", datetime(2025, 3, 4, 9, tzinfo=UTC))
        body, reads = cost(world, shiftId="idle")
        assert body["paging"]["totalRowCount"] == 0
        assert len(reads.calls) - reads.calls_for_counts == 2


def test_a_persons_records_are_one_call_whatever_the_page(companies):
    costs = []
    for world in companies:
        for number in (1, 2, 10):
            body, reads = cost(world, userId="p00003", pageNumber=number, pageRowCount=1)
            assert (body["rowCount"], body["paging"]["totalRowCount"]) == (1, 10)
            costs.append((reads.calls, reads.units))
    assert costs == [(["GetItem", "Query"], costs[0][1])] * 6

"""What pages of a company's list cost, with a thousand records and with a hundred thousand."""

import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from attendance.adapters.count_marks import mark_of
from attendance.adapters.items.base import TableItem
from attendance.adapters.list_place import list_place
from attendance.adapters.record_counts import RecordCounts
from attendance.bootstrap import Runtime
from attendance.domain.status import Status
from attendance.model.seat import Seat
from tests.accounts import service
from tests.bench.figure import Figure
from tests.engine import running_engine
from tests.integration.attendance_api.crowd import FIRST_DAY, put_records, records
from tests.integration.attendance_api.world import MADE, World
from tests.table_calls import Reads, table_reads

DAYS, FEW, MANY = 40, 25, 2_500
"""The real rows of as many people on each of 40 days."""
ENGINE_SECONDS = 60
"""The engine looks at all rows to find a page, unlike the table it stands for."""
LISTS: dict[str, tuple[dict[str, str], tuple[int, ...]]] = {
    "no filter": ({}, (1, 40, 4_000)),
    "of days": ({"dateFrom": f"{FIRST_DAY}"}, (1, 40, 4_000)),
    "of a status": ({"status": "present"}, (1, 36, 3_600)),
    "of a rare status": ({"status": "absent"}, (1, 4, 400)),
    "of a person": ({"userId": "p00003"}, (1, 2)),
    "of a shift": ({"shiftId": f"s{FIRST_DAY:%Y%m%d}1"}, (1, 33)),
}
"""Filters, and pages of them: the first, one that a thousand records have too, and the last."""
PAGES_OF_A_SMALL_SHIFT = 1
IN_ONE_RANGE = ("no filter", "of days", "of a status", "of a shift")
"""Their rows lie together, and 25 of them are to be two units."""


def measure() -> Iterator[Figure]:
    """Calls and units for the rows of a page, apart from those for the counts."""
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory() as home,
        running_engine(Path(home)) as url,
    ):
        patch.setattr(TableItem.Meta, "read_timeout_seconds", ENGINE_SECONDS)
        for parts in service(url):
            few, many = (_company(parts, people) for people in (FEW, MANY))
            for name in LISTS:
                yield from _figures(name, few, many)


def _company(parts: Runtime, people: int) -> World:
    """Its records, and their counts by the batch as the stream keeps them."""
    world = World(parts)
    put_records(world, records(world, people, DAYS))
    counts = RecordCounts(parts.table, world.company)
    marks = (mark_of(list_place(seat), _status(seat)) for seat in records(world, people, DAYS))
    while moves := dict.fromkeys(islice(marks, people), True):
        counts.apply(moves, MADE)
    return world


def _status(seat: Seat) -> Status:
    return Status(seat.verdict.status if seat.verdict else "")


def _figures(name: str, few: World, many: World) -> Iterator[Figure]:
    query, pages = LISTS[name]
    both = pages[:PAGES_OF_A_SMALL_SHIFT] if "shiftId" in query else pages[:2]
    large = [_cost(many, number, query) for number in pages]
    small = [_cost(few, number, query) for number in both]
    told = f"list {name}, pages {', '.join(map(str, pages))} of 100,000 records"
    calls = max(len(reads.calls) - reads.calls_for_counts for reads in large)
    yield Figure(name=told, value=calls, unit="calls for rows", at_most=2)
    counts = max(reads.calls_for_counts for reads in large)
    yield Figure(name=told, value=counts, unit="calls for counts", at_most=3)
    bound = 2 if name in IN_ONE_RANGE else None
    units = max(map(_units_of_rows, large))
    yield Figure(name=told, value=units, unit="read units for rows", at_most=bound)
    yield Figure(
        name=f"list {name}, dearest page of 100,000 records less that of 1,000",
        value=units - max(map(_units_of_rows, small)),
        unit="read units",
        at_most=0.5,
    )


def _units_of_rows(reads: Reads) -> float:
    return reads.units - reads.units_for_counts


def _cost(world: World, number: int, query: dict[str, str]) -> Reads:
    path = "/v1/attendance-records"
    world.get("mia", f"{path}/nothing")
    with table_reads() as reads:
        answer = world.get("mia", path, **query, pageNumber=number, caching=False)
    assert answer.body["rowCount"] > 0, answer.text
    return reads

"""Ten thousand people of one company come within a minute: what that writes beside records."""

import random
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from attendance.adapters.count_marks import Mark, marks_of
from attendance.adapters.items.base import TableItem
from attendance.adapters.items.seat_item import seat_to_item
from attendance.adapters.list_place import ListPlace, spot_of
from attendance.adapters.record_counts import RecordCounts
from attendance.domain.status import Status
from attendance.identity import CompanyId
from tests.accounts import service
from tests.bench.figure import Figure
from tests.engine import running_engine
from tests.integration.attendance_api.crowd import record, shift_of
from tests.table_calls import item_size, list_entry

PEOPLE, SECONDS = 10_000, 60
SECONDS_A_BATCH = 2
"""What comes meanwhile to one shard: the function is longer at a batch of this size."""
AT_ONCE = PEOPLE * SECONDS_A_BATCH // SECONDS
DAY = date(2026, 3, 6)
NINE = datetime(2026, 3, 6, 9, tzinfo=UTC)
LATE = 0.1


@dataclass
class Writes:
    """The units of each write, in order."""

    units: list[int] = field(default_factory=list)


def measure() -> Iterator[Figure]:
    """Writes and units of the counts, whose key is one for all of the company."""
    with tempfile.TemporaryDirectory() as home, running_engine(Path(home)) as url:
        for parts in service(url):
            counts = RecordCounts(parts.table, CompanyId("acme"))
            batches = [_apply(counts, moves) for moves in _batches()]
    writes = sum(len(one.units) for one in batches)
    yield Figure(
        name=f"counters, in batches of {AT_ONCE}",
        value=100 * writes / PEOPLE,
        unit="writes per 100 check-ins",
        at_most=1,
    )
    units = [sum(one.units) for one in batches]
    yield Figure(
        name="counters of 10,000 check-ins",
        value=sum(units) / PEOPLE,
        unit="write units a check-in",
        at_most=1,
    )
    yield Figure(
        name="counters' key in the dearest second of 10,000 check-ins",
        value=max(units) / SECONDS_A_BATCH,
        unit="write units a second",
        at_most=500,
    )

    yield Figure(
        name="the list's key at three times the mean rate of check-ins",
        value=3 * PEOPLE / SECONDS * _units_in_list(),
        unit="write units a second",
        at_most=500,
    )


def _units_in_list() -> int:
    """Of one check-in, with UUIDs."""
    company, user, shift = (str(uuid.UUID(int=n, version=4)) for n in range(3))
    item = seat_to_item(record(company, user, replace(shift_of(DAY, 1), shift_id=shift), "present"))
    return -(-item_size(list_entry(item.serialize())) // 1024)


def _batches() -> Iterator[dict[Mark, bool]]:
    chance, spot = random.Random(7), spot_of(DAY, NINE)
    for first in range(0, PEOPLE, AT_ONCE):
        moves: dict[Mark, bool] = {}
        for number in range(first, min(first + AT_ONCE, PEOPLE)):
            user_id = f"{chance.getrandbits(128):032x}"
            status = Status.LATE if chance.random() < LATE else Status.PRESENT
            place = ListPlace(spot=spot, shift_id=f"s{number % 3}", user_id=user_id)
            moves |= marks_of(place, status)
        yield moves


def _apply(counts: RecordCounts, moves: dict[Mark, bool]) -> Writes:
    with _written() as writes:
        counts.apply(moves, NINE)
    return writes


@contextmanager
def _written() -> Iterator[Writes]:
    writes = Writes()

    def count(parsed: Any, **_: Any) -> None:
        writes.units.append(-(-item_size(parsed["Attributes"]) // 1024))

    events = TableItem._get_connection().connection.client.meta.events
    events.register("after-call.dynamodb.UpdateItem", count)
    try:
        yield writes
    finally:
        events.unregister("after-call.dynamodb.UpdateItem", count)

"""Pages of the company's list by its counts are the pages by reading all (docs/decisions/0008)."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.adapters.items.seat_item import seat_to_item
from attendance.domain.status import Status
from attendance.model.seat import Seat, StoredVerdict
from attendance.services import counted_page, shift_page
from attendance.services.publish_changes import publish_changes
from publish_events.app import lambda_handler
from tests.http_events import CONTEXT
from tests.integration.attendance_api.world import MADE, World

LIST = "/v1/attendance-records"
DAYS = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1))
STARTS = (-600, 0, 9 * 60, 22 * 60)
SHIFTS = tuple((f"s{n}", day) for n, day in enumerate(DAYS * 2))
QUERIES: tuple[dict[str, Any], ...] = (
    {},
    {"status": "late"},
    {"status": ["present", "leftEarly", "null"]},
    {"date": "2024-02-29"},
    {"dateFrom": "2024-01-01", "dateTo": "2024-02-29"},
    {"dateTo": "2024-01-31", "status": ["absent", "PENDING"]},
    {"shiftId": "s2"},
    {"shiftId": ["s1", "s5", "s7", "null"]},
    {"shiftId": ["s0", "s3"], "dateFrom": "2024-01-01"},
    {"shiftId": ["s4", "s6"], "status": ["late", "present"]},
)


@dataclass(frozen=True)
class Step:
    """What becomes of a person's seat in a shift."""

    user: int
    shift: int
    start: int
    status: Status
    is_active: bool


STEPS = st.lists(
    st.builds(
        Step,
        user=st.integers(0, 3),
        shift=st.integers(0, len(SHIFTS) - 1),
        start=st.sampled_from(STARTS),
        status=st.sampled_from(list(Status)),
        is_active=st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=30,
)


class Stream:
    """Seats of a company written one after another, and what the stream tells of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.seats: dict[tuple[str, str], Seat] = {}
        self.records: list[dict[str, Any]] = []

    def take(self, step: Step) -> None:
        shift_id, day = SHIFTS[step.shift]
        user_id = f"u{step.user}"
        starts = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=step.start)
        known = self.seats.get((user_id, shift_id))
        before = known or self.world.seat(user_id, shift_id, day)
        facts = replace(before.shift, starts_at=starts, ends_at=starts + timedelta(hours=8))
        after = replace(
            before,
            shift=facts,
            verdict=_verdict(step),
            record_version=before.record_version + 1,
            created_at=MADE,
            updated_at=MADE,
        )
        saved = self.world.parts.seats.save(after)
        self.seats[user_id, shift_id] = saved
        self.records.append(_stream_record(before, saved))

    def listed(self, query: dict[str, Any]) -> set[str]:
        """The ids of the records that a query has to find."""
        words = query.get("status")
        wanted = {str(w).lower() for w in ([words] if isinstance(words, str) else words or ())}
        shifts = query.get("shiftId", [shift_id for shift_id, _ in SHIFTS])
        first, last = query.get("dateFrom", "0"), query.get("dateTo", "9")
        first, last = query.get("date", first), query.get("date", last)
        return {
            seat.record_id
            for seat in self.seats.values()
            if seat.verdict is not None
            and seat.verdict.is_active
            and seat.shift.shift_id in shifts
            and first <= seat.shift.shift_date.isoformat() <= last
            and (not wanted or seat.verdict.status.lower() in wanted)
        }


def _verdict(step: Step) -> StoredVerdict:
    return StoredVerdict(
        status=step.status.value,
        check_in=None,
        check_out=None,
        late_by_minutes=0,
        absence_reason=None,
        manager_note=None,
        is_active=step.is_active,
        details={"open": True, "flags": []},
    )


def _stream_record(before: Seat, after: Seat) -> dict[str, Any]:
    old, new = (
        {**seat_to_item(seat).serialize(), "revision": {"N": str(seat.revision)}}
        for seat in (before, after)
    )
    keys = {"pk": new["pk"], "sk": new["sk"]}
    return {"dynamodb": {"Keys": keys, "OldImage": old, "NewImage": new}}


def give(world: World, records: Iterable[dict[str, Any]]) -> None:
    publish_changes(world.parts, world.parts.bus, records)


def give_roughly(world: World, records: list[dict[str, Any]], chance: random.Random) -> None:
    """In order, in batches, and often again from a place further back: as streams do."""
    done = 0
    while done < len(records):
        end = min(done + chance.randint(1, 12), len(records))
        start = chance.randint(max(done - 6, 0), done)
        give(world, records[start:end])
        if chance.random() < 0.3:
            half = (start + end + 1) // 2
            give(world, records[start:half])
            give(world, records[half:end])
        done = end


def pages(world: World, query: dict[str, Any], size: int) -> list[list[dict[str, Any]]]:
    """All pages and one more."""
    found: list[list[dict[str, Any]]] = []
    while not found or found[-1]:
        answer = world.get(
            "mia", LIST, **query, pageNumber=len(found) + 1, pageRowCount=size, caching=False
        )
        assert answer.status == 200, answer.text
        found.append(answer.body["attendanceRecords"])
        total = answer.body["paging"]["totalRowCount"]
        assert answer.body["rowCount"] <= total
    assert sum(map(len, found)) == total
    return found


def check_all_pages(stream: Stream, size: int) -> None:
    for query in QUERIES:
        rows = [row for page in pages(stream.world, query, size) for row in page]
        assert {row["id"] for row in rows} == stream.listed(query)
        seats = {seat.record_id: seat.shift for seat in stream.seats.values()}
        shifts = [(seats[row["id"]].shift_date, seats[row["id"]].starts_at) for row in rows]
        assert shifts == sorted(shifts, reverse=True)
        everything = stream.world.get("mia", LIST, **query, pageNumber=0, caching=False)
        assert [row["id"] for row in everything.body["attendanceRecords"]] == [
            row["id"] for row in rows
        ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, size=st.integers(1, 7), seed=st.integers())
def test_pages_are_exact_however_the_stream_repeats_itself(parts, monkeypatch, steps, size, seed):
    monkeypatch.setattr(counted_page, "FEW_PAGES", 0)
    monkeypatch.setattr(shift_page, "FEW_PAGES", 0)
    stream = Stream(World(parts))
    for step in steps:
        stream.take(step)
    give_roughly(stream.world, stream.records, random.Random(seed))
    check_all_pages(stream, size)


def test_counts_are_made_anew_where_they_were_lost_and_where_they_are_wrong(parts, monkeypatch):
    monkeypatch.setattr(counted_page, "FEW_PAGES", 0)
    monkeypatch.setattr(shift_page, "FEW_PAGES", 0)
    stream = Stream(World(parts))
    company = str(stream.world.company)
    chance = random.Random(7)
    for _ in range(40):
        status = chance.choice(list(Status))
        shift, start = chance.randrange(len(SHIFTS)), chance.choice(STARTS)
        active = chance.random() < 0.8
        stream.take(Step(chance.randrange(6), shift, start, status, active))
    give(stream.world, stream.records[:15])
    asked = {"companyId": company, "dateFrom": "2020-01-01", "dateTo": "2030-01-01"}
    answer = lambda_handler({"rebuildCounts": asked}, CONTEXT)
    assert answer is not None
    assert answer["recordsSetRight"] > 0
    check_all_pages(stream, 4)
    assert lambda_handler({"rebuildCounts": asked}, CONTEXT) == {"recordsSetRight": 0}
    check_all_pages(stream, 4)


def test_an_order_to_count_anew_that_is_not_complete_is_refused(parts):
    with pytest.raises(ValueError, match=r"rebuildCounts\.dateTo: expected a text"):
        lambda_handler({"rebuildCounts": {"companyId": "a", "dateFrom": "2026-01-01"}}, CONTEXT)

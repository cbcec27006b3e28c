"""A company with thousands of records, put into the table in bulk and counted."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from attendance.adapters.items.seat_item import seat_to_item
from attendance.domain.schedule import schedule, wall_time
from attendance.domain.zones import zone_named
from attendance.model.seat import Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.services.rebuild_counts import rebuild_counts
from tests.integration.attendance_api.world import MADE, World

FIRST_DAY = date(2025, 3, 1)
EVERY_TENTH_IS = "absent"


def fill(world: World, *, people: int, days: int) -> None:
    """Everybody's record of every day, in shifts of 06:00, 14:00 and 22:00, found and counted."""
    put_records(world, records(world, people, days))
    last = FIRST_DAY + timedelta(days=days)
    assert rebuild_counts(world.parts, world.company, FIRST_DAY, last) == people * days


def put_records(world: World, seats: Iterable[Seat]) -> None:
    """Put them into the table, whatever is there."""
    client, name = world.parts.table._client, world.parts.settings.table_name
    items = ({**seat_to_item(seat).serialize(), "revision": {"N": "1"}} for seat in seats)
    while chunk := [{"PutRequest": {"Item": item}} for item in islice(items, 25)]:
        left = client.batch_write_item(RequestItems={name: chunk})["UnprocessedItems"]
        assert not left


def records(world: World, people: int, days: int) -> Iterator[Seat]:
    """Day by day; every tenth person is absent."""
    for day in (FIRST_DAY + timedelta(days=n) for n in range(days)):
        shifts = [shift_of(day, n) for n in range(3)]
        for number in range(people):
            status = EVERY_TENTH_IS if number % 10 == 0 else "present"
            yield record(str(world.company), f"p{number:05d}", shifts[number % 3], status)


def shift_of(day: date, number: int) -> ShiftFacts:
    """One of three shifts of a day."""
    start, end = (f"{(6 + 8 * n) % 24:02d}:00" for n in (number, number + 1))
    times = schedule(day, wall_time(start), wall_time(end), zone_named("UTC"))
    return ShiftFacts(
        shift_id=f"s{day:%Y%m%d}{number}",
        shift_date=day,
        start_time=start,
        end_time=end,
        starts_at=times.start,
        ends_at=times.end,
        timezone="UTC",
        location="plant",
        department_id="d1",
    )


def record(company_id: str, user_id: str, shift: ShiftFacts, status: str) -> Seat:
    """A record of a shift that is over."""
    user = UserFacts(email=f"{user_id}@acme.example", fullname=f"Person {user_id}", avatar=None)
    verdict = StoredVerdict(
        status=status,
        check_in=None if status == EVERY_TENTH_IS else shift.starts_at,
        check_out=None if status == EVERY_TENTH_IS else shift.ends_at,
        late_by_minutes=0,
        absence_reason=None,
        manager_note=None,
        is_active=True,
        details={"open": False, "flags": []},
    )
    seat = Seat(company_id=company_id, user_id=user_id, shift=shift, user=user)
    return replace(
        seat, verdict=verdict, record_version=1, created_at=MADE, updated_at=MADE, swept_at=MADE
    )

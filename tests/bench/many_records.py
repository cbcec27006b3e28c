"""A company with thousands of records, put into the table in bulk."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from attendance.adapters.items.base import TableItem
from attendance.adapters.items.directory_items import user_to_item
from attendance.adapters.items.punch_item import punch_to_item
from attendance.adapters.items.seat_item import seat_to_item
from attendance.bootstrap import Runtime
from attendance.model.directory import User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat, ShiftFacts, StoredVerdict, UserFacts

FIRST_DAY = date(2026, 3, 1)
LATE_DETAILS = {
    "open": False,
    "workedMinutes": 475,
    "overtimeMinutes": 0,
    "earlyLeaveMinutes": 0,
    "halfDay": False,
    "flags": [],
    "awaitingDevice": None,
}


def late_people(parts: Runtime, pattern: User, people: int, days: int) -> None:
    """People like `pattern` who came ten minutes late on each of some days of March 2026.

    Everyone has a number and two punches a day at the terminal `gate`, which has to be there, as
    have the shifts `d1`, `d2` ... of 09:00 to 17:00, UTC.
    """
    _put(parts, _items(pattern, people, days))


def shift_days(days: int) -> Iterator[tuple[str, date]]:
    """The shifts' ids and dates."""
    return ((f"d{n + 1}", FIRST_DAY + timedelta(days=n)) for n in range(days))


def _items(pattern: User, people: int, days: int) -> Iterator[TableItem]:
    for number in range(people):
        user_id, told = f"p{number}", str(10_000 + number)
        user = replace(pattern, user_id=user_id, email=f"{user_id}@a.example", revision=0)
        yield user_to_item(replace(user, device_user_ids=(told,)))
        for shift_id, day in shift_days(days):
            yield seat_to_item(_late(shift_id, day, user))
            for hour, minute, code in ((9, 10, 0), (17, 5, 1)):
                yield punch_to_item(_punch(told, datetime.combine(day, time(hour, minute)), code))


def _late(shift_id: str, day: date, user: User) -> Seat:
    came, went = (_at(day, hour, minute) for hour, minute in ((9, 10), (17, 5)))
    shift = ShiftFacts(
        shift_id=shift_id,
        shift_date=day,
        start_time="09:00",
        end_time="17:00",
        starts_at=_at(day, 9),
        ends_at=_at(day, 17),
        timezone="UTC",
        location=None,
        department_id=None,
    )
    verdict = StoredVerdict(
        status="late",
        check_in=came,
        check_out=went,
        late_by_minutes=10,
        absence_reason=None,
        manager_note=None,
        is_active=True,
        details=LATE_DETAILS,
    )
    return Seat(
        company_id=user.company_id,
        user_id=user.user_id,
        shift=shift,
        user=UserFacts(email=user.email, fullname=user.fullname, avatar=None),
        verdict=verdict,
        record_version=2,
        created_at=came,
        updated_at=went,
    )


def _punch(number: str, wall: datetime, code: int) -> StoredPunch:
    return StoredPunch(
        company_id="acme",
        device_id="gate",
        user_id=number,
        timestamp=f"{wall:%Y-%m-%d %H:%M:%S}",
        status=1,
        punch=code,
        uid=None,
        log_index=None,
        received_at=wall.replace(tzinfo=UTC) + timedelta(seconds=30),
        agent_id="acme_agent",
        batch_id="b",
        request_id="r",
    )


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def _put(parts: Runtime, items: Iterable[TableItem]) -> None:
    client, name = parts.table._client, parts.settings.table_name
    rows = (_new(item) for item in items)
    while chunk := [{"PutRequest": {"Item": row}} for row in islice(rows, 25)]:
        left = client.batch_write_item(RequestItems={name: chunk})["UnprocessedItems"]
        assert not left


def _new(item: TableItem) -> dict[str, Any]:
    return {**item.serialize(), "revision": {"N": "1"}}

"""What every table has to do for seats."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from attendance.adapters.items.seat_item import item_to_seat, seat_to_item
from attendance.adapters.seats import StaleSeatError
from attendance.identity import CompanyId
from attendance.model.seat import Change, Seat, ShiftFacts, StoredVerdict, UserFacts
from attendance.record_id import decode_record_id

ACME = CompanyId("acme")
NINE = datetime(2026, 3, 6, 9, tzinfo=UTC)
A_UUID = "0b6a4d2e-8f5c-4c1b-9a53-3d1f2e7c6b5a"
ACTIONS = (
    {"id": A_UUID, "direction": "in", "at": "2026-03-06T08:59:58.123Z", "actor": "user:u1"},
    {
        "id": "not-a-uuid",
        "direction": "out",
        "at": "1969-12-31T23:59:59.999Z",
        "actor": f"user:{A_UUID}",
        "managerNote": "était à l'hôpital",
    },
    {"id": "a", "direction": "in", "at": "2026-03-06T09:00:00.000Z", "actor": "sweep",
     "absenceReason": "ill", "managerNote": ""},
)  # fmt: skip


def a_seat(**changes) -> Seat:
    seat = Seat(
        company_id="acme",
        user_id="u1",
        shift=ShiftFacts(
            shift_id="s1",
            shift_date=date(2026, 3, 6),
            start_time="09:00",
            end_time="17:00",
            starts_at=NINE,
            ends_at=NINE.replace(hour=17),
            timezone="UTC",
            location=None,
            department_id=None,
        ),
        user=UserFacts(email="u1@acme.example", fullname="U One", avatar=None),
    )
    return replace(seat, **changes)


def a_verdict(status: str = "present") -> StoredVerdict:
    return StoredVerdict(
        status=status,
        check_in=NINE,
        check_out=None,
        late_by_minutes=0,
        absence_reason=None,
        manager_note=None,
        is_active=True,
        details={
            "open": True,
            "workedMinutes": 0,
            "overtimeMinutes": 0,
            "earlyLeaveMinutes": 0,
            "halfDay": False,
            "flags": [],
            "awaitingDevice": None,
        },
    )


def test_a_saved_seat_is_read_back_as_it_was(stores):
    seat = a_seat(verdict=a_verdict(), record_version=1, actions=ACTIONS)
    saved = stores.seats.save(seat)
    assert stores.seats.get(ACME, seat.key) == saved == seat
    assert saved.revision == stores.seats.get(ACME, seat.key).revision == 1


@pytest.mark.parametrize("cause", [None, "latePunch"])
@pytest.mark.parametrize("reason", [None, "gate was shut"])
@pytest.mark.parametrize("updated_at", [NINE, NINE.replace(hour=10)])
@pytest.mark.parametrize("actor", ["user:u1", f"user:{A_UUID}", "user:", "device:gate", "sweep"])
@pytest.mark.parametrize("request_id", [A_UUID, A_UUID.replace("-", ""), "~tilde", "^", "=="])
def test_a_change_is_read_back_as_it_was(actor, request_id, cause, reason, updated_at):
    change = Change(
        kind="checkedIn", actor=actor, request_id=request_id, at=NINE, cause=cause, reason=reason
    )
    seat = a_seat(verdict=a_verdict(), record_version=1, change=change, updated_at=updated_at)
    assert item_to_seat(seat_to_item(seat)) == seat


def test_the_second_of_two_writers_is_told_that_the_seat_changed(stores):
    first = stores.seats.save(a_seat())
    stores.seats.save(replace(first, assigned=False))
    with pytest.raises(StaleSeatError):
        stores.seats.save(replace(first, verdict=a_verdict(), record_version=1))
    with pytest.raises(StaleSeatError):
        stores.seats.save(a_seat())
    assert stores.seats.get(ACME, first.key).verdict is None


def test_a_users_seats_are_found_by_day_and_by_shift(stores):
    stores.seats.save(a_seat())
    later = replace(a_seat().shift, shift_id="s2", shift_date=date(2026, 3, 7))
    stores.seats.save(a_seat(shift=later))
    day = date(2026, 3, 6)
    assert [s.shift.shift_id for s in stores.seats.of_user(ACME, "u1", day, day)] == ["s1"]
    both = stores.seats.of_user(ACME, "u1", day, date(2026, 3, 7))
    assert [s.shift.shift_id for s in both] == ["s1", "s2"]
    assert [s.user_id for s in stores.seats.of_shift(ACME, "s2")] == ["u1"]
    assert stores.seats.of_user(CompanyId("acm"), "u1", day, day) == []


def test_a_seat_is_due_in_its_hour_and_not_before(stores):
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    stores.seats.save(a_seat(due_at=hour.replace(minute=30)))
    assert list(stores.seats.due(hour, hour.replace(minute=29))) == []
    assert len(list(stores.seats.due(hour, hour.replace(minute=30)))) == 1
    assert list(stores.seats.overdue(hour.replace(minute=30))) == []


def test_a_seat_long_due_when_it_is_written_is_overdue_and_in_no_hour(stores):
    stores.seats.save(a_seat(due_at=NINE.replace(minute=30)))
    assert list(stores.seats.due(NINE, NINE.replace(minute=30))) == []
    assert list(stores.seats.overdue(NINE.replace(minute=29))) == []
    assert len(list(stores.seats.overdue(NINE.replace(minute=30)))) == 1


def test_a_record_id_leads_back_to_its_key():
    seat = a_seat()
    assert decode_record_id(seat.record_id) == seat.key
    assert decode_record_id("nonsense") is None
    assert decode_record_id(seat.record_id + "A") is None

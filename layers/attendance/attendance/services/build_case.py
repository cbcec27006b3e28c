"""Everything the rules look at for one person around some days, read from the stores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from attendance.domain.case import Case
from attendance.domain.direction import Direction
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from attendance.domain.shift import Shift
from attendance.errors import NotFoundError
from attendance.model.directory import User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat
from attendance.services.awaiting_devices import awaiting_devices
from attendance.services.check_punch_rows import TIMESTAMP_FORMAT
from attendance.services.company_facts import CompanyFacts
from attendance.services.seat_evidence import actions_of, decisions_of
from attendance.services.stores import Stores

NEIGHBOURHOOD = timedelta(days=4)
"""How far around a day other shifts and punches can have a say in its verdict."""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A case with the items it was made of; `seats` are by shift id."""

    case: Case
    user: User
    seats: Mapping[str, Seat]
    punches: Mapping[str, StoredPunch]


def build_case(
    stores: Stores, facts: CompanyFacts, user_id: str, first: date, last: date
) -> Bundle:
    """A person's case around the days `first` to `last`. Raises NotFoundError."""
    user = stores.directory.user(facts.company, user_id)
    if user is None:
        raise NotFoundError("There is no such user.", "userNotFound")
    wide = (first - NEIGHBOURHOOD, last + NEIGHBOURHOOD)
    seats = stores.seats.of_user(facts.company, user_id, *wide)
    punches = list(_punches(stores, facts, user, *wide))
    shifts = {s.shift.shift_id: shift_of(s, facts) for s in seats if s.assigned}
    case = Case(
        person=person_of(user, facts),
        shifts=tuple(shifts.values()),
        punches=tuple(punch_of(p, facts) for p in punches),
        actions=tuple(action for seat in seats for action in actions_of(seat)),
        decisions=tuple(decision for seat in seats for decision in decisions_of(seat)),
        policies=facts.policies,
        swept_at={s.shift.shift_id: s.swept_at for s in seats if s.swept_at is not None},
        awaiting={key: awaiting_devices(shift, facts) for key, shift in shifts.items()},
    )
    return Bundle(
        case=case,
        user=user,
        seats={seat.shift.shift_id: seat for seat in seats},
        punches={punch.punch_id: punch for punch in punches},
    )


def _punches(
    stores: Stores, facts: CompanyFacts, user: User, first: date, last: date
) -> Iterable[StoredPunch]:
    edges = (f"{first.isoformat()} 00:00:00", f"{last.isoformat()} 23:59:59")
    for number in user.device_user_ids:
        for punch in stores.punches.of_number(facts.company, number, *edges):
            device = facts.devices.get(punch.device_id)
            if device is not None and device.body.get("approved"):
                yield punch


def person_of(user: User, facts: CompanyFacts) -> Person:
    """The person as the rules see them; the case holds only the person's own punches."""
    return Person(
        user_id=user.user_id,
        active=user.is_active,
        employed_from=user.employed_from,
        employed_to=user.employed_to,
        inactive_since=None if user.is_active else user.valid_from,
        leaves=facts.leaves.get(user.user_id, ()),
    )


def shift_of(seat: Seat, facts: CompanyFacts) -> Shift:
    """The shift as the rules see it."""
    copied = seat.shift
    return Shift(
        shift_id=copied.shift_id,
        shift_date=copied.shift_date,
        start=copied.starts_at,
        end=copied.ends_at,
        zone=ZoneInfo(copied.timezone),
        location=copied.location,
        department_id=copied.department_id,
        holiday=facts.is_holiday(copied.shift_date, copied.location),
    )


def punch_of(punch: StoredPunch, facts: CompanyFacts) -> Punch:
    """The punch as the rules see it, in its terminal's zone and configured direction."""
    device = facts.devices[punch.device_id]
    direction = device.body.get("direction")
    return Punch(
        punch_id=punch.punch_id,
        device_id=punch.device_id,
        number=punch.user_id,
        wall=datetime.strptime(punch.timestamp, TIMESTAMP_FORMAT),  # noqa: DTZ007 - a wall time
        zone=ZoneInfo(facts.device_zone(device)),
        code=punch.punch,
        configured=Direction(direction) if direction else None,
        received_at=punch.received_at,
        log_index=punch.log_index,
        location=device.body.get("location"),
        released=punch.released,
    )

"""Stored people, seats and punches as the rules take them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from attendance.domain.direction import Direction
from attendance.domain.person import Person
from attendance.domain.punch import Punch
from attendance.domain.shift import Shift
from attendance.model.directory import User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat
from attendance.services.company_facts import CompanyFacts


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
        wall=datetime.fromisoformat(punch.timestamp),
        zone=ZoneInfo(facts.device_zone(device)),
        code=punch.punch,
        configured=Direction(direction) if direction else None,
        received_at=punch.received_at,
        log_index=punch.log_index,
        location=device.body.get("location"),
        released=punch.released,
    )

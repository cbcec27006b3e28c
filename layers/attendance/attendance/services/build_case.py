"""Everything the rules look at for one person around some days, read from the stores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attendance.domain.case import Case
from attendance.domain.direction import Direction
from attendance.domain.influence import Influence, influence
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

ONE_DAY = timedelta(days=1)
MARGIN = timedelta(days=4)
"""How far beyond a stretch of days to look first for shifts that hang together with it."""
MAX_WIDENINGS = 12


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A case with the items it was made of; `seats` are by shift id, `punches` by punch id.

    `settled` are the shifts and `outcome_span` the wall days whose judging the case is
    complete for; what lies beyond was read only because it hangs together with them.
    """

    case: Case
    user: User
    seats: Mapping[str, Seat]
    punches: Mapping[str, StoredPunch]
    settled: frozenset[str]
    outcome_span: tuple[date, date]


def build_case(
    stores: Stores, facts: CompanyFacts, user_id: str, first: date, last: date
) -> Bundle:
    """A person's case for the days `first` to `last`, with all that hangs together with them.

    Raises NotFoundError.
    """
    user = stores.directory.user(facts.company, user_id)
    if user is None:
        raise NotFoundError("There is no such user.", "userNotFound")
    seats, found = _seats(stores, facts, user_id, first, last)
    days = (first, last)
    if found is not None:
        days = (min(first, found.first_date), max(last, found.last_date))
    punches = list(_punches(stores, facts, user, days[0] - ONE_DAY, days[1] + 2 * ONE_DAY))
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
    unassigned = {
        s.shift.shift_id for s in seats if not s.assigned and first <= s.shift.shift_date <= last
    }
    return Bundle(
        case=case,
        user=user,
        seats={seat.shift.shift_id: seat for seat in seats},
        punches={punch.punch_id: punch for punch in punches},
        settled=frozenset(found.shift_ids if found else ()) | unassigned,
        outcome_span=days,
    )


def _seats(
    stores: Stores, facts: CompanyFacts, user_id: str, first: date, last: date
) -> tuple[list[Seat], Influence | None]:
    """The seats around the days, wide enough that none beyond has a say."""
    low, high = first - MARGIN, last + MARGIN
    around = (_midnight(first - ONE_DAY), _midnight(last + 2 * ONE_DAY))
    for _ in range(MAX_WIDENINGS):
        seats = stores.seats.of_user(facts.company, user_id, low, high)
        shifts = [shift_of(seat, facts) for seat in seats if seat.assigned]
        found = influence(shifts, facts.policies, around)
        if found is None or (low + ONE_DAY < found.first_date and found.last_date < high - ONE_DAY):
            break
        low, high = low - 2 * MARGIN, high + 2 * MARGIN
    return seats, found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


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

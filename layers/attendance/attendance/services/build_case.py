"""Everything the rules look at for one person around some days, read from the stores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from attendance.domain.case import Case
from attendance.domain.influence import Influence, influence
from attendance.domain.openings import evidence_of
from attendance.domain.punch import Punch
from attendance.errors import NotFoundError
from attendance.model.directory import User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat
from attendance.services.awaiting_devices import awaiting_devices
from attendance.services.calendar_span import wall_span, within
from attendance.services.case_parts import person_of, shift_of
from attendance.services.company_facts import CompanyFacts
from attendance.services.log_order import in_log_order
from attendance.services.seat_evidence import actions_of, decisions_of
from attendance.services.stores import Stores

ONE_DAY = timedelta(days=1)
MARGIN = timedelta(days=4)
"""How far beyond a stretch of days to look first for what hangs together with it."""
LONGEST = timedelta(days=50)


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

    Reads a few days around; only an open record, or days off that never come, make it read more.
    Raises NotFoundError.
    """
    user = stores.directory.user(facts.company, user_id)
    if user is None:
        raise NotFoundError("There is no such user.", "userNotFound")
    first, last = within(first), within(last)
    around = (_midnight(first - ONE_DAY), _midnight(last + 2 * ONE_DAY))
    margin = MARGIN
    while True:
        bundle = _read(stores, facts, user, (first - margin, last + margin))
        found = influence(
            bundle.case.shifts, facts.policies, around, evidence=evidence_of(bundle.case)
        )
        if found is None or _inside(found, first - margin, last + margin) or margin > LONGEST:
            return _settled(bundle, found, first, last)
        margin *= 2


def _inside(found: Influence, low: date, high: date) -> bool:
    return low + ONE_DAY < found.first_date and found.last_date < high - ONE_DAY


def _settled(bundle: Bundle, found: Influence | None, first: date, last: date) -> Bundle:
    unassigned = {
        key
        for key, seat in bundle.seats.items()
        if not seat.assigned and first <= seat.shift.shift_date <= last
    }
    settled = frozenset(found.shift_ids if found else ()) | unassigned
    dates = [first, last, *(bundle.seats[key].shift.shift_date for key in settled)]
    return replace(bundle, settled=settled, outcome_span=(min(dates), max(dates)))


def _read(stores: Stores, facts: CompanyFacts, user: User, days: tuple[date, date]) -> Bundle:
    seats = stores.seats.of_user(facts.company, user.user_id, *days)
    punches = list(_punches(stores, facts, user, days[0] - ONE_DAY, days[1] + ONE_DAY))
    return Bundle(
        case=case_of(facts, user, seats, in_log_order(stores.punches, facts, punches)),
        user=user,
        seats={seat.shift.shift_id: seat for seat in seats},
        punches={punch.punch_id: punch for punch in punches},
        settled=frozenset(),
        outcome_span=days,
    )


def case_of(
    facts: CompanyFacts, user: User, seats: Sequence[Seat], punches: tuple[Punch, ...]
) -> Case:
    """The case that a person's seats and punches (of approved terminals) make."""
    shifts = {s.shift.shift_id: shift_of(s, facts) for s in seats if s.assigned}
    return Case(
        person=person_of(user, facts),
        shifts=tuple(shifts.values()),
        punches=punches,
        actions=tuple(action for seat in seats for action in actions_of(seat)),
        decisions=tuple(decision for seat in seats for decision in decisions_of(seat)),
        policies=facts.policies,
        swept_at={s.shift.shift_id: s.swept_at for s in seats if s.swept_at is not None},
        awaiting={key: awaiting_devices(shift, facts) for key, shift in shifts.items()},
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _punches(
    stores: Stores, facts: CompanyFacts, user: User, first: date, last: date
) -> Iterable[StoredPunch]:
    edges = wall_span(first, last)
    for number in user.device_user_ids:
        yield from approved(stores.punches.of_number(facts.company, number, *edges), facts)


def approved(punches: Iterable[StoredPunch], facts: CompanyFacts) -> Iterator[StoredPunch]:
    """The punches of terminals that a person has approved; others wait."""
    for punch in punches:
        device = facts.devices.get(punch.device_id)
        if device is not None and device.body.get("approved"):
            yield punch

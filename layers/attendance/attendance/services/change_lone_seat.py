"""Change a seat that nothing but its own evidence bears on, in one write.

Nearly every check-in and mark-absent finds a seat without a record, and nearly every check-out
one whose record follows from what the seat itself holds. Then the person's other shifts and
punches need not be read (docs/decisions/0009).
"""

from collections.abc import Callable

from attendance.adapters.seats import StaleSeatError
from attendance.adapters.unread_seat import write_first
from attendance.domain.case import Case
from attendance.domain.judge import judge
from attendance.domain.person import Person
from attendance.identity import CompanyId
from attendance.model.seat import Seat, ShiftFacts, UserFacts
from attendance.runtime import Runtime
from attendance.services.case_parts import shift_of
from attendance.services.change_seat import Addition, changed
from attendance.services.company_facts import CompanyFacts
from attendance.services.remembered import remembered_facts, remembered_shift
from attendance.services.seat_evidence import actions_of, decisions_of
from attendance.services.settle_verdict import Occasion, settle


def change_empty_seat(
    parts: Runtime,
    company: CompanyId,
    place: tuple[str, str],
    addition: Addition,
    occasion: Occasion,
) -> Seat | None:
    """The seat of `place` (person, shift) with its first record, without reading it before.

    None when the addition is to be refused, or the seat is not empty or not there: then nothing
    was written, and it takes a look at all there is to say why.
    """
    user_id, shift_id = place
    shift = remembered_shift(parts.directory, company, shift_id)
    if shift is None:
        return None
    seat = empty_seat(company, user_id, shift)
    return _change(parts, seat, addition, occasion, lambda after: write_first(parts.table, after))


def empty_seat(company: CompanyId, user_id: str, shift: ShiftFacts) -> Seat:
    """A seat as it is before anything happens; of the person only the id is known."""
    unknown = UserFacts(email="", fullname="", avatar=None)
    return Seat(company_id=str(company), user_id=user_id, shift=shift, user=unknown)


def change_lone_seat(
    parts: Runtime, seat: Seat, addition: Addition, occasion: Occasion
) -> Seat | None:
    """A seat just read, changed; None when more bears on it, or somebody wrote it meanwhile."""

    def save(after: Seat) -> Seat | None:
        try:
            return parts.seats.save(after)
        except StaleSeatError:
            return None

    alone = seat.assigned and seat.swept_at is None
    return _change(parts, seat, addition, occasion, save) if alone else None


def _change(
    parts: Runtime,
    seat: Seat,
    addition: Addition,
    occasion: Occasion,
    write: Callable[[Seat], Seat | None],
) -> Seat | None:
    facts = remembered_facts(parts.directory, CompanyId(seat.company_id))
    if facts.is_closed(seat.shift.shift_date):
        return None
    case = lone_case(seat, facts)
    judgement = judge(case)
    if settle(seat, judgement.verdict(seat.shift.shift_id), occasion) != seat:
        return None
    if addition.refuse(judgement, seat) is not None:
        return None
    return write(changed(case, facts, seat, addition, occasion))


def lone_case(seat: Seat, facts: CompanyFacts) -> Case:
    """The case of a seat that was never swept, as if nothing else bore on it."""
    return Case(
        person=Person(user_id=seat.user_id, leaves=facts.leaves.get(seat.user_id, ())),
        shifts=(shift_of(seat, facts),),
        actions=actions_of(seat),
        decisions=decisions_of(seat),
        policies=facts.policies,
    )

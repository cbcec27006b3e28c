"""Who sits on which shift: seats added, taken away and kept in step with their shift."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from attendance.adapters.items.seat_item import seat_to_item
from attendance.adapters.table_requests import Write
from attendance.domain.schedule import Schedule
from attendance.errors import ConflictError, NotFoundError, UnavailableError
from attendance.identity import CompanyId
from attendance.model.directory import User
from attendance.model.seat import Seat, ShiftFacts, UserFacts
from attendance.record_id import RecordKey
from attendance.runtime import Runtime
from attendance.services.claims import ChangedMeanwhileError, Claim, commit

TRIES = 5
WRITES_AT_ONCE = 100
READS_AT_ONCE = 8
_NEAR = timedelta(days=2)


def facts_of_user(user: User) -> UserFacts:
    """What seats copy of a person."""
    return UserFacts(email=user.email, fullname=user.fullname, avatar=user.avatar)


def require_people(parts: Runtime, company: CompanyId, user_ids: Iterable[str]) -> list[User]:
    """The active people of these ids. Raises NotFoundError (`userNotFound`) naming the first."""
    people = parts.directory.users_by_id(company, list(user_ids))
    for user_id, user in people.items():
        if user is None or not user.is_active:
            raise NotFoundError(f"userIds: there is no person {user_id}.", word="userNotFound")
    return [user for user in people.values() if user is not None]


def require_no_overlap(
    parts: Runtime, company: CompanyId, user_ids: Iterable[str], shift: ShiftFacts
) -> None:
    """Raises ConflictError (`shiftOverlap`) when somebody has another shift at that time."""
    wanted = Schedule(start=shift.starts_at, end=shift.ends_at)
    first, last = shift.shift_date - _NEAR, shift.shift_date + _NEAR

    def near(user_id: str) -> tuple[str, list[Seat]]:
        return user_id, parts.seats.of_user(company, user_id, first, last)

    with ThreadPoolExecutor(READS_AT_ONCE) as pool:
        people = list(pool.map(near, user_ids))
    for user_id, seats in people:
        for seat in seats:
            facts = seat.shift
            taken = Schedule(start=facts.starts_at, end=facts.ends_at)
            if seat.assigned and facts.shift_id != shift.shift_id and wanted.overlaps(taken):
                raise ConflictError(
                    "shiftOverlap",
                    f"{user_id} is already assigned to shift {facts.shift_id} at that time.",
                )


def seat_people(
    parts: Runtime,
    company: CompanyId,
    shift: ShiftFacts,
    people: Sequence[User],
    receipt: Sequence[Claim] = (),
) -> None:
    """Assign people who may be assigned; those who are already stay as they are.

    `receipt` goes into the same transaction, unless that is full of 100 changed seats.
    """

    facts = {user.user_id: facts_of_user(user) for user in people}

    def assigned(seat: Seat | None, user_id: str) -> Seat:
        own = facts[user_id]
        if seat is None:
            return Seat(company_id=str(company), user_id=user_id, shift=shift, user=own)
        return replace(seat, shift=shift, user=own, assigned=True)

    _write_seats(parts, company, shift, list(facts), assigned, receipt)


def unseat_people(
    parts: Runtime, company: CompanyId, shift: ShiftFacts, user_ids: Sequence[str]
) -> None:
    """Take people off a shift; what they left there as evidence stays on their seats."""

    def unassigned(seat: Seat | None, _user_id: str) -> Seat | None:
        return None if seat is None else replace(seat, assigned=False, due_at=None)

    _write_seats(parts, company, shift, user_ids, unassigned)


def move_seats(
    parts: Runtime, company: CompanyId, shift: ShiftFacts, user_ids: Sequence[str]
) -> None:
    """Give the seats of a shift its new times, place and department; the stream judges again."""

    def moved(seat: Seat | None, _user_id: str) -> Seat | None:
        return None if seat is None else replace(seat, shift=shift)

    _write_seats(parts, company, shift, user_ids, moved)


_Change = Callable[[Seat | None, str], Seat | None]


def _write_seats(
    parts: Runtime,
    company: CompanyId,
    shift: ShiftFacts,
    user_ids: Sequence[str],
    change: _Change,
    receipt: Sequence[Claim] = (),
) -> None:
    for first in range(0, len(user_ids), WRITES_AT_ONCE):
        chunk = user_ids[first : first + WRITES_AT_ONCE]
        _write_at_once(parts, company, shift, chunk, change, receipt)


def _write_at_once(
    parts: Runtime,
    company: CompanyId,
    shift: ShiftFacts,
    user_ids: Sequence[str],
    change: _Change,
    receipt: Sequence[Claim],
) -> None:
    wanted = [
        RecordKey(user_id=user_id, shift_date=shift.shift_date, shift_id=shift.shift_id)
        for user_id in user_ids
    ]
    for _ in range(TRIES):
        seats = parts.seats.get_many(company, wanted)
        changes = [
            (seat, change(seat, key.user_id)) for seat, key in zip(seats, wanted, strict=True)
        ]
        claims = [
            Claim(Write("put", seat_to_item(after)))
            for seat, after in changes
            if after is not None and after != seat
        ]
        if len(claims) + len(receipt) <= WRITES_AT_ONCE:
            claims = [*receipt, *claims]
        try:
            if claims:
                commit(parts.directory, claims)
        except ChangedMeanwhileError:
            continue
        return
    raise UnavailableError("throttled", "The roster is being changed; try again.")

"""Visit the seats that are due: automatic absences and missing check-outs (rules.md section 6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion
from attendance.services.stores import Stores

LOOK_BACK = timedelta(hours=26)
"""How old a due hour may be: a sweep that was down for a day misses nothing."""
HOUR = timedelta(hours=1)


def sweep_shifts(stores: Stores, now: datetime, request_id: str) -> int:
    """Judge every seat that fell due up to `now` (UTC); the number of seats visited.

    It reads what is due, not what exists. Running it again, or twice at once, changes nothing
    more: each seat is judged by the instant of the sweep and written under its revision.
    """
    facts: dict[str, CompanyFacts] = {}
    visited = 0
    for seat in due_seats(stores, now):
        company = CompanyId(seat.company_id)
        if seat.company_id not in facts:
            facts[seat.company_id] = load_company_facts(stores.directory, company)
        _sweep(stores, facts[seat.company_id], seat, now, request_id)
        visited += 1
    return visited


def due_seats(stores: Stores, now: datetime) -> Iterator[Seat]:
    """The seats whose due instant lies strictly before `now`, oldest hour first."""
    hour = (now - LOOK_BACK).replace(minute=0, second=0, microsecond=0)
    while hour <= now:
        for seat in list(stores.seats.due(hour, now)):
            if seat.due_at is not None and seat.due_at < now:
                yield seat
        hour += HOUR


def _sweep(stores: Stores, facts: CompanyFacts, due: Seat, now: datetime, request_id: str) -> None:
    def at_this_instant(seat: Seat) -> Seat:
        return replace(seat, swept_at=now) if seat.key == due.key else seat

    day = due.shift.shift_date
    judge_person(
        stores,
        facts,
        Scope(user_id=due.user_id, first=day, last=day),
        Occasion(actor="sweep", request_id=request_id, now=now),
        at_this_instant,
    )

"""Where closed records differ from what would be judged now (rules.md section 7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from attendance.adapters.record_list import RecordList
from attendance.model.seat import Seat, StoredVerdict
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.evidence_of_days import Days, evidence_of_days
from attendance.services.payroll_cause import Causes
from attendance.services.payroll_closing import closed_through
from attendance.services.previewed_person import Evidence, active, kept, shown
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_large
from attendance.services.settle_verdict import DIRECTORY_CHANGE


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A closed record as it is kept and as it would be now, None for no record, and why."""

    seat: Seat
    stored: StoredVerdict | None
    now: StoredVerdict | None
    cause: str

    def as_json(self) -> dict[str, Any]:
        """As the list shows it."""
        return {
            "id": self.seat.record_id,
            "userId": self.seat.user_id,
            "shiftId": self.seat.shift.shift_id,
            "shiftDate": self.seat.shift.shift_date.isoformat(),
            "stored": shown(self.stored),
            "now": shown(self.now),
            "cause": self.cause,
        }


def payroll_differences(
    parts: Runtime, session: Session, wanted: Days, page: PageWanted
) -> Rows[dict[str, Any]]:
    """A page of the differences on the closed ones of some days, by day, person and shift.

    Judged anew by the very function that judges records; nothing is stored. For managers. Raises
    NotAuthorizedError, and InvalidError when the days hold more than 20,000 seats.
    """
    session.require("attendance.manage")
    facts = load_company_facts(parts.directory, session.company)
    through = closed_through(facts.closings)
    if through is None or through < wanted.first:
        return Rows(rows=(), total=0)
    days = Days(first=wanted.first, last=min(wanted.last, through))
    found = page_of(sorted(_differences(parts, facts, days), key=_place), page)
    rows = [difference.as_json() for difference in found.rows]
    refuse_too_large(page, rows)
    return Rows(rows=rows, total=found.total)


def _place(difference: Difference) -> tuple[date, str, str]:
    shift = difference.seat.shift
    return shift.shift_date, difference.seat.user_id, shift.shift_id


def _differences(parts: Runtime, facts: CompanyFacts, days: Days) -> Iterable[Difference]:
    causes = Causes(parts, facts)
    judged = (
        difference
        for evidence in evidence_of_days(parts, facts, days)
        for difference in _of_person(parts, evidence, days, causes)
    )
    records = RecordList(parts.table).newest(facts.company, days.first, days.last)
    return chain(judged, (_taken_off(seat) for seat in records if not seat.assigned))


def _of_person(
    parts: Runtime, evidence: Evidence, days: Days, causes: Causes
) -> Iterator[Difference]:
    judgement = evidence.judged(parts.punches, evidence.facts)
    for seat in filter(days.hold, evidence.seats):
        stored, now = kept(seat.verdict), active(judgement.verdict(seat.shift.shift_id), seat)
        if stored != now:
            cause = causes.of(evidence, seat, stored, now)
            yield Difference(seat=seat, stored=stored, now=now, cause=cause)


def _taken_off(seat: Seat) -> Difference:
    return Difference(seat=seat, stored=seat.verdict, now=None, cause=DIRECTORY_CHANGE)

"""Why a closed record would be judged otherwise now."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from attendance.model.directory import Member
from attendance.model.seat import Seat, StoredVerdict
from attendance.runtime import Runtime
from attendance.services.company_facts import CompanyFacts, is_there, load_company_facts
from attendance.services.payroll_closing import closing_of
from attendance.services.previewed_person import Evidence, active
from attendance.services.settle_verdict import (
    CALENDAR_CHANGE,
    DIRECTORY_CHANGE,
    LATE_PUNCH,
    POLICY_CHANGE,
)

Recalled = tuple[str, Evidence, CompanyFacts]


class Causes:
    """Looks for what has come since payroll was closed: without it, the verdict is another."""

    def __init__(self, parts: Runtime, facts: CompanyFacts) -> None:
        self._parts = parts
        self._facts = facts
        self._known: dict[tuple[str, datetime], CompanyFacts] = {}

    def of(
        self,
        evidence: Evidence,
        seat: Seat,
        stored: StoredVerdict | None,
        now: StoredVerdict | None,
    ) -> str:
        """The word of `attendance.recomputed` for it (events.md).

        First what alone gives the stored verdict back, else what alone gives another than now's.
        """
        found = [
            (cause, active(told.judged(self._parts.punches, facts).verdict(shift_id), seat))
            for cause, told, facts in self._recalled(evidence, seat)
            for shift_id in (seat.shift.shift_id,)
        ]
        explaining = [cause for cause, verdict in found if verdict == stored]
        bearing = [cause for cause, verdict in found if verdict != now]
        return next(iter(explaining + bearing), DIRECTORY_CHANGE)

    def _recalled(self, evidence: Evidence, seat: Seat) -> Iterator[Recalled]:
        closing = closing_of(self._facts.closings, seat.shift.shift_date)
        if closing is None:
            return
        at = closing.at
        known = [p for p in evidence.punches if p.received_at <= at and not p.released]
        yield LATE_PUNCH, replace(evidence, punches=known), self._facts
        yield POLICY_CHANGE, evidence, self._facts_at(at, POLICY_CHANGE, "POLICY")
        calendar = self._facts_at(at, CALENDAR_CHANGE, "HOLIDAY", "LEAVE")
        yield CALENDAR_CHANGE, replace(evidence, facts=calendar), calendar

    def _facts_at(self, at: datetime, cause: str, *collections: str) -> CompanyFacts:
        if (cause, at) not in self._known:
            self._known[cause, at] = load_company_facts(
                self._parts.directory, self._facts.company, _as_at(at, collections)
            )
        return self._known[cause, at]


def _as_at(at: datetime, collections: tuple[str, ...]) -> Callable[[Member], bool]:
    """Members of some collections as they were at an instant; one changed since is left out."""

    def was_there(member: Member) -> bool:
        if member.collection not in collections:
            return is_there(member)
        changed = member.updated_at > at
        return member.created_at <= at and changed != member.is_active

    return was_there

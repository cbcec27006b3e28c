"""One person's records under the present policies and under others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from attendance.domain.case import Case
from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.domain.punch import Punch
from attendance.domain.verdict import Verdict
from attendance.model.directory import User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat, StoredVerdict
from attendance.services.awaiting_devices import awaiting_devices
from attendance.services.build_case import case_of
from attendance.services.case_parts import punch_of
from attendance.services.company_facts import CompanyFacts
from attendance.services.log_order import told_by_logs
from attendance.services.settle_verdict import stored_verdict
from attendance.services.stores import PunchPort
from attendance.times import optional_to_iso


@dataclass(frozen=True, kw_only=True)
class Previewed:
    """A record as it is and as it would be; None where there is none."""

    seat: Seat
    before: StoredVerdict | None
    after: StoredVerdict | None

    @property
    def changed(self) -> bool:
        """Whether anything of the record would be different."""
        return self.before != self.after

    @property
    def before_status(self) -> str | None:
        """The status now, None without a record."""
        return None if self.before is None else self.before.status

    @property
    def after_status(self) -> str | None:
        """The status then, None without a record."""
        return None if self.after is None else self.after.status

    def as_json(self) -> dict[str, Any]:
        """Which record, from what to what."""
        return {
            "id": self.seat.record_id,
            "userId": self.seat.user_id,
            "shiftId": self.seat.shift.shift_id,
            "shiftDate": self.seat.shift.shift_date.isoformat(),
            "from": shown(self.before),
            "to": shown(self.after),
        }


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A person with all seats and punches (of approved terminals) around the days in question.

    `facts` are the company's; the facts it is judged by may differ from them in policies only.
    """

    user: User
    seats: Sequence[Seat]
    punches: Sequence[StoredPunch]
    facts: CompanyFacts

    def judged(self, store: PunchPort, facts: CompanyFacts) -> Judgement:
        """The verdicts by a company's facts."""
        punches = told_by_logs(store, facts, self._punches)
        awaiting = {shift.shift_id: awaiting_devices(shift, facts) for shift in self._case.shifts}
        return judge(
            replace(self._case, punches=punches, policies=facts.policies, awaiting=awaiting)
        )

    @cached_property
    def _case(self) -> Case:
        return case_of(self.facts, self.user, self.seats, ())

    @cached_property
    def _punches(self) -> list[Punch]:
        return [punch_of(punch, self.facts) for punch in self.punches]


def previews(store: PunchPort, evidence: Evidence, changed: CompanyFacts) -> Iterator[Previewed]:
    """The records of a person, judged by the facts and by the changed ones.

    The present facts are asked only where the changed ones contradict what is stored, so that a
    difference is the change's own doing and not the clock's. What payroll is closed for stays.
    """
    then = evidence.judged(store, changed)
    now = _Later(lambda: evidence.judged(store, evidence.facts))
    for seat in evidence.seats:
        shift_id = seat.shift.shift_id
        after, before = active(then.verdict(shift_id), seat), kept(seat.verdict)
        if evidence.facts.is_closed(seat.shift.shift_date):
            after = before
        if after != before:
            before = active(now.judgement.verdict(shift_id), seat)
        if before is not None or after is not None:
            yield Previewed(seat=seat, before=before, after=after)


@dataclass(frozen=True)
class _Later:
    make: Callable[[], Judgement]

    @cached_property
    def judgement(self) -> Judgement:
        return self.make()


def active(verdict: Verdict | None, seat: Seat) -> StoredVerdict | None:
    """A verdict as the seat would keep it; None without a record."""
    return None if verdict is None else stored_verdict(verdict, seat.verdict)


def kept(verdict: StoredVerdict | None) -> StoredVerdict | None:
    """The record a seat holds, if it is in the lists."""
    return verdict if verdict is not None and verdict.is_active else None


def shown(verdict: StoredVerdict | None) -> dict[str, Any] | None:
    """What of a record previews tell."""
    if verdict is None:
        return None
    return {
        "status": verdict.status,
        "checkInTime": optional_to_iso(verdict.check_in),
        "checkOutTime": optional_to_iso(verdict.check_out),
        "lateByMinutes": verdict.late_by_minutes,
        "details": verdict.details,
    }

"""One person's records under the present policies and under others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.domain.verdict import Verdict
from attendance.model.directory import User
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat, StoredVerdict
from attendance.services.build_case import case_of
from attendance.services.company_facts import CompanyFacts
from attendance.services.log_order import in_log_order
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
            "from": _shown(self.before),
            "to": _shown(self.after),
        }


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A person with all seats and punches (of approved terminals) around the days in question."""

    user: User
    seats: Sequence[Seat]
    punches: Sequence[StoredPunch]

    def judged(self, store: PunchPort, facts: CompanyFacts) -> Judgement:
        """The verdicts by a company's facts."""
        punches = in_log_order(store, facts, self.punches)
        return judge(case_of(facts, self.user, self.seats, punches))


def previews(
    store: PunchPort, evidence: Evidence, facts: CompanyFacts, changed: CompanyFacts
) -> Iterator[Previewed]:
    """The records of a person, judged by the facts and by the changed ones.

    The present facts are asked only where the changed ones contradict what is stored, so that a
    difference is the change's own doing and not the clock's.
    """
    then, now = evidence.judged(store, changed), _Later(lambda: evidence.judged(store, facts))
    for seat in evidence.seats:
        shift_id = seat.shift.shift_id
        after, before = _active(then.verdict(shift_id), seat), _kept(seat.verdict)
        if after != before:
            before = _active(now.judgement.verdict(shift_id), seat)
        if before is not None or after is not None:
            yield Previewed(seat=seat, before=before, after=after)


@dataclass(frozen=True)
class _Later:
    make: Callable[[], Judgement]

    @cached_property
    def judgement(self) -> Judgement:
        return self.make()


def _active(verdict: Verdict | None, seat: Seat) -> StoredVerdict | None:
    return None if verdict is None else stored_verdict(verdict, seat.verdict)


def _kept(verdict: StoredVerdict | None) -> StoredVerdict | None:
    return verdict if verdict is not None and verdict.is_active else None


def _shown(verdict: StoredVerdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "status": verdict.status,
        "checkInTime": optional_to_iso(verdict.check_in),
        "checkOutTime": optional_to_iso(verdict.check_out),
        "lateByMinutes": verdict.late_by_minutes,
        "details": verdict.details,
    }

"""Judge one person's days again and write what changed (architecture.md, idea 1)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from attendance.adapters.seats import StaleSeatError
from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.errors import NotFoundError, UnavailableError
from attendance.model.punch import PunchOutcome
from attendance.model.seat import Seat
from attendance.services.build_case import Bundle, build_case
from attendance.services.calendar_span import wall_span
from attendance.services.company_facts import CompanyFacts
from attendance.services.plan_sweep import next_due
from attendance.services.settle_verdict import Occasion, settle
from attendance.services.stores import Stores

MAX_ATTEMPTS = 8
Prepare = Callable[[Seat], Seat]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose verdicts, on the shift dates from `first` to `last`."""

    user_id: str
    first: date
    last: date


def judge_person(
    stores: Stores,
    facts: CompanyFacts,
    scope: Scope,
    occasion: Occasion,
    prepare: Prepare | None = None,
) -> list[Seat]:
    """The seats whose record changed, as they were written.

    Verdicts are written only while nothing they were made from has changed; otherwise all is
    read and judged again. `prepare` may change seats before they are judged (a sweep's
    instant). A person who is not there has no records: nothing is done. Records of days that
    payroll is closed for stay, and no sweep asks for them any more.
    """
    for _ in range(MAX_ATTEMPTS):
        try:
            bundle = build_case(stores, facts, scope.user_id, scope.first, scope.last)
            return _write(stores, facts, bundle, occasion, prepare)
        except StaleSeatError:
            continue
        except NotFoundError:
            return []
    raise UnavailableError("throttled", "The record is being changed by many; try again.")


def _write(
    stores: Stores,
    facts: CompanyFacts,
    bundle: Bundle,
    occasion: Occasion,
    prepare: Prepare | None,
) -> list[Seat]:
    before = {key: seat for key, seat in bundle.seats.items() if key in bundle.settled}
    ready = {key: prepare(seat) if prepare else seat for key, seat in before.items()}
    swept = {key: s.swept_at for key, s in ready.items() if s.swept_at is not None}
    judgement = judge(replace(bundle.case, swept_at={**bundle.case.swept_at, **swept}))
    changed = []
    for key, seat in ready.items():
        if facts.is_closed(seat.shift.shift_date):
            after = replace(before[key], due_at=None)
        else:
            after = settle(seat, judgement.verdict(key), occasion)
            after = replace(after, due_at=next_due(after, facts))
        if after != before[key]:
            stores.seats.save(after)
        if after.record_version != before[key].record_version:
            changed.append(after)
    closed = {key for key, s in bundle.seats.items() if facts.is_closed(s.shift.shift_date)}
    _note_outcomes(stores, bundle, judgement, closed)
    return changed


def _note_outcomes(
    stores: Stores, bundle: Bundle, judgement: Judgement, closed: Collection[str | None]
) -> None:
    """What a closed record took, or would take, stays as it was told when it was closed."""
    first, last = wall_span(*bundle.outcome_span)
    for punch_id, punch in bundle.punches.items():
        if not first <= punch.timestamp <= last:
            continue
        found = judgement.outcomes[punch_id]
        outcome = PunchOutcome(
            outcome=found.outcome.value, user_id=bundle.user.user_id, shift_id=found.shift_id
        )
        told = punch.outcome
        if outcome.shift_id in closed or (told is not None and told.shift_id in closed):
            continue
        if outcome != told:
            stores.punches.set_outcome(punch, outcome)

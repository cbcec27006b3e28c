"""Add an action or a decision to a seat, and judge in the same write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from attendance.adapters.seats import StaleSeatError
from attendance.domain.action import Action
from attendance.domain.case import Case
from attendance.domain.decision import Decision
from attendance.domain.judge import judge
from attendance.domain.judgement import Judgement
from attendance.domain.refusal import Refusal
from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.record_id import RecordKey
from attendance.services.build_case import build_case
from attendance.services.company_facts import CompanyFacts, load_company_facts
from attendance.services.payroll_closing import period_closed
from attendance.services.plan_sweep import next_due
from attendance.services.refusals import refused
from attendance.services.seat_evidence import (
    action_to_json,
    decision_to_json,
    holds_evidence,
)
from attendance.services.settle_verdict import Occasion, settle
from attendance.services.stores import Stores

MAX_ATTEMPTS = 8


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What a person adds to a seat; a refusal stops it before anything is written.

    `refuse` looks at the seat as it is and at the judgement of all that is known now.
    """

    actions: Sequence[Action] = ()
    decisions: Sequence[Decision] = ()
    refuse: Callable[[Judgement, Seat], Refusal | None]

    @property
    def ids(self) -> set[str]:
        """Of what is added, each given to this very request."""
        acted = {action.action_id for action in self.actions}
        return acted | {decision.decision_id for decision in self.decisions}


def change_seat(
    stores: Stores,
    company: CompanyId,
    key: RecordKey,
    addition: Addition,
    occasion: Occasion,
) -> Seat:
    """The seat as written, with its new verdict; as it is, if it has the addition already.

    It has when it was committed, the answer was lost, and somebody else wrote the seat before
    it was sent again. Raises the refusal as its error (rest-api.md section 3), and
    UnavailableError when the seat is being changed by too many at once.
    """
    facts = load_company_facts(stores.directory, company)
    for _ in range(MAX_ATTEMPTS):
        bundle = build_case(stores, facts, key.user_id, key.shift_date, key.shift_date)
        seat = bundle.seats.get(key.shift_id)
        if seat is not None and holds_evidence(seat, addition.ids):
            return seat
        if seat is None or not seat.assigned:
            raise refused(Refusal.NOT_ASSIGNED)
        if facts.is_closed(key.shift_date):
            raise period_closed(key.shift_date)
        refusal = addition.refuse(judge(bundle.case), seat)
        if refusal is not None:
            raise refused(refusal)
        try:
            return stores.seats.save(changed(bundle.case, facts, seat, addition, occasion))
        except StaleSeatError:
            continue
    raise UnavailableError("throttled", "The record is being changed by many; try again.")


def changed(
    case: Case, facts: CompanyFacts, seat: Seat, addition: Addition, occasion: Occasion
) -> Seat:
    """The seat with the addition, judged as part of its case."""
    after_all = replace(
        case,
        actions=(*case.actions, *addition.actions),
        decisions=(*case.decisions, *addition.decisions),
    )
    with_evidence = replace(
        seat,
        actions=(*seat.actions, *map(action_to_json, addition.actions)),
        decisions=(*seat.decisions, *map(decision_to_json, addition.decisions)),
    )
    after = settle(with_evidence, judge(after_all).verdict(seat.shift.shift_id), occasion)
    return replace(after, due_at=next_due(after, facts))

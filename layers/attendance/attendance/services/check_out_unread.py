"""Check out in one write, without reading the record (docs/decisions/0009).

Only when the person came in is not known then. So it is tried for one who came on time and for
one who came late, and what is written must be right for both.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from attendance.adapters.items.kept_details import work_rules
from attendance.adapters.unread_seat import UnreadCheckOut, write_check_out
from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.fast_check_in import on_time_span
from attendance.domain.policy import Policy
from attendance.domain.policy_words import WorkedTime
from attendance.domain.seat import seat_of
from attendance.identity import CompanyId
from attendance.model.seat import Seat, StoredVerdict
from attendance.record_id import RecordKey
from attendance.runtime import Runtime
from attendance.services.case_parts import shift_of
from attendance.services.change_lone_seat import empty_seat, lone_case
from attendance.services.change_seat import Addition, changed
from attendance.services.company_facts import CompanyFacts
from attendance.services.remembered import remembered_facts, remembered_shift
from attendance.services.settle_verdict import Occasion


def check_out_unread(
    parts: Runtime, company: CompanyId, key: RecordKey, action: Action, occasion: Occasion
) -> Seat | None:
    """The seat with its check-out, or None when it takes a look at the record.

    For policies under which worked time is the time between check-in and check-out and decides
    nothing, and up to the end of the shift's window.
    """
    facts = remembered_facts(parts.directory, company)
    shift = remembered_shift(parts.directory, company, key.shift_id)
    if shift is None or shift.shift_date != key.shift_date or facts.is_closed(key.shift_date):
        return None
    seat = empty_seat(company, key.user_id, shift)
    times = shift_of(seat, facts)
    placed = seat_of(times, facts.policies)
    if not _is_plain(placed.policy) or action.instant > placed.window_end:
        return None
    span = on_time_span(times, placed.policy, facts.leaves.get(key.user_id, ()))
    on_time, late = (
        _try(seat, facts, min(arrival, action.instant), action, occasion)
        for arrival in (span.window_start, span.first_late)
    )
    if on_time is None or late is None:
        return None
    return write_check_out(parts.table, _wanted(on_time, late, placed.policy))


@dataclass(frozen=True, kw_only=True)
class _Trial:
    """A check-out as it would be, and the status before it; worked time is left open."""

    seat: Seat
    open_status: str
    closed: StoredVerdict


def _is_plain(policy: Policy) -> bool:
    return (
        policy.worked_time is WorkedTime.FIRST_LAST
        and policy.absent_below_minutes <= 0
        and policy.half_day_below_minutes <= 0
    )


def _try(
    seat: Seat, facts: CompanyFacts, arrival: datetime, action: Action, occasion: Occasion
) -> _Trial | None:
    came = replace(action, direction=Direction.IN, instant=arrival, arrival=0)
    at_work = _with(seat, facts, came, occasion)
    gone = _with(at_work, facts, action, occasion)
    if at_work.verdict is None or gone.verdict is None or gone.verdict.check_out is None:
        return None
    details = {**gone.verdict.details, "workedMinutes": 0, "overtimeMinutes": 0}
    closed = replace(gone.verdict, details=details)
    return _Trial(
        seat=replace(gone, verdict=closed), open_status=at_work.verdict.status, closed=closed
    )


def _with(seat: Seat, facts: CompanyFacts, action: Action, occasion: Occasion) -> Seat:
    addition = Addition(actions=(action,), refuse=lambda _judgement, _seat: None)
    return changed(lone_case(seat, facts), facts, seat, addition, occasion)


def _wanted(on_time: _Trial, late: _Trial, policy: Policy) -> UnreadCheckOut:
    stays = all(trial.open_status == trial.closed.status for trial in (on_time, late))
    alike = stays or on_time.closed.status == late.closed.status
    both = late.closed.late_by_minutes > 0 and on_time.closed.details == late.closed.details
    return UnreadCheckOut(
        seat=on_time.seat,
        open_statuses={on_time.open_status, late.open_status},
        status=None if stays else on_time.closed.status,
        only_on_time=not (alike and both),
        work_rules=work_rules(policy),
    )

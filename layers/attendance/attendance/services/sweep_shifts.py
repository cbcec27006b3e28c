"""Visit the seats that are due: automatic absences and missing check-outs (rules.md section 6)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from attendance.identity import CompanyId
from attendance.model.judge_task import JudgeTask, Work, in_portions
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.fresh_facts import FreshFacts
from attendance.services.judge_affected import is_due
from attendance.services.judge_person import Scope
from attendance.services.judge_tasks import judge_scope
from attendance.services.settle_verdict import DIRECTORY_CHANGE
from attendance.services.stores import Stores

LOOK_BACK = timedelta(days=4)
"""How old a due hour may be at an ordinary tick: a long weekend entered afterwards."""
LONG_LOOK_BACK = timedelta(days=62)
"""And at the first tick of an hour: a roster entered late, or a service that was down for weeks."""
HOUR = timedelta(hours=1)
MOST_IN_PLACE = 50


def sweep_shifts(parts: Runtime, now: datetime, request_id: str) -> int:
    """Judge every seat that fell due up to `now` (UTC); the number of seats due.

    It reads what is due, not what exists; many are spread over the queue. Running it again, or
    twice at once, changes nothing more: each seat is judged by the instant of the sweep, while
    it is still due, and written under its revision.
    """
    due = list(due_seats(parts, now))
    tasks = list(_tasks(due, now, request_id))
    if len(due) > MOST_IN_PLACE:
        parts.judge_queue.send(tasks)
        return len(due)
    facts = FreshFacts(parts.directory)
    for task in tasks:
        for work in task.work:
            scope = Scope(user_id=work.user_id, first=work.first, last=work.last)
            judge_scope(parts, facts.of(CompanyId(task.company_id)), scope, task)
    return len(due)


def due_seats(stores: Stores, now: datetime) -> Iterator[Seat]:
    """The seats whose due instant lies strictly before `now`, oldest hour first."""
    look_back = LONG_LOOK_BACK if now.minute == 0 else LOOK_BACK
    hour = (now - look_back).replace(minute=0, second=0, microsecond=0)
    while hour <= now:
        for seat in list(stores.seats.due(hour, now)):
            if is_due(seat, now):
                yield seat
        hour += HOUR


def _tasks(due: Iterable[Seat], now: datetime, request_id: str) -> Iterator[JudgeTask]:
    by_company: dict[str, dict[Work, None]] = {}
    for seat in due:
        day = seat.shift.shift_date
        work = Work(user_id=seat.user_id, first=day, last=day)
        by_company.setdefault(seat.company_id, {})[work] = None
    for company_id, wanted in by_company.items():
        for portion in in_portions(wanted):
            yield JudgeTask(
                company_id=company_id,
                actor="sweep",
                cause=DIRECTORY_CHANGE,
                request_id=request_id,
                work=portion,
                swept_at=now,
            )

"""Visit the seats that are due: automatic absences and missing check-outs (rules.md section 6)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from attendance.identity import CompanyId
from attendance.model.judge_task import JudgeTask, Work, in_portions
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.due_seats import DueSeats
from attendance.services.fresh_facts import FreshFacts
from attendance.services.held_seats import awaited, is_still_held
from attendance.services.judge_tasks import judge_work
from attendance.services.settle_verdict import DIRECTORY_CHANGE

MOST_IN_PLACE = 50
MOST_AT_ONCE = 10_000
"""So many seats a sweep hands on; the next one goes on from there."""


def sweep_shifts(parts: Runtime, now: datetime, request_id: str) -> int:
    """Judge every seat that fell due up to `now` (UTC); the number of seats judged.

    It reads what is due, not what exists; many are spread over the queue. Running it again, or
    twice at once, changes nothing more: each seat is judged by the instant of the sweep, while
    it is still due, and written under its revision.
    """
    facts = FreshFacts(parts.directory)
    waiting = DueSeats(parts, now)
    free = (seat for seat in waiting if not _is_held(seat, facts, now))
    due = list(islice(free, MOST_AT_ONCE))
    tasks = list(_tasks(due, now, request_id))
    if len(due) > MOST_IN_PLACE:
        parts.judge_queue.send(tasks)
    else:
        for task in tasks:
            for work in task.work:
                judge_work(parts, facts, task, work)
    if len(due) < MOST_AT_ONCE:
        waiting.note_progress()
    return len(due)


def _is_held(seat: Seat, facts: FreshFacts, now: datetime) -> bool:
    known = awaited(seat) is not None
    return known and is_still_held(seat, facts.of(CompanyId(seat.company_id)), now)


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

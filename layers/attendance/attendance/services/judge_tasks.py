"""The queue's messages to judged people (architecture.md, idea 1)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from attendance.errors import UnavailableError
from attendance.identity import CompanyId
from attendance.model.judge_task import JudgeTask, Work, task_from_json
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.company_facts import CompanyFacts
from attendance.services.day_runs import LONGEST, day_runs
from attendance.services.days_at_site import days_punched_at
from attendance.services.fresh_facts import FreshFacts
from attendance.services.judge_affected import is_due
from attendance.services.judge_person import Prepare, Scope, judge_person
from attendance.services.park import park
from attendance.services.settle_verdict import Occasion

SECONDS_NEEDED = 10.0
"""Less than this left of a function's time, and the next person waits for another."""


def judge_tasks(
    parts: Runtime, records: Iterable[Mapping[str, Any]], seconds_left: Callable[[], float]
) -> list[str]:
    """Judge the people of a batch of messages; the ids of the messages to be given again.

    Given again are those that the table was too busy or the time too short for, and those that
    cannot be read, which end in the dead-letter queue. Judging again is harmless.
    """
    facts = FreshFacts(parts.directory)
    return [
        record["messageId"]
        for record in records
        if not _is_done(parts, facts, record, seconds_left)
    ]


def _is_done(
    parts: Runtime,
    facts: FreshFacts,
    record: Mapping[str, Any],
    seconds_left: Callable[[], float],
) -> bool:
    try:
        task = task_from_json(record["body"])
        for work in task.work:
            if seconds_left() < SECONDS_NEEDED:
                return False
            judge_work(parts, facts, task, work)
    except UnavailableError:
        return False
    except (ValueError, KeyError, TypeError):
        parts.logger.exception("unreadable task", message_id=record["messageId"])
        return False
    return True


def judge_work(parts: Runtime, facts: FreshFacts, task: JudgeTask, work: Work) -> None:
    """Judge one person's part of a task; what cannot be judged is parked with its reason.

    Raises UnavailableError when the table is busy.
    """
    company = CompanyId(task.company_id)
    try:
        for scope in _scopes(parts, facts.of(company), task, work):
            judge_scope(parts, facts.of(company), scope, task)
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - one poisonous person must not block the others
        park(parts, (f"C#{company}", work.user_id), error)


def _scopes(parts: Runtime, facts: CompanyFacts, task: JudgeTask, work: Work) -> list[Scope]:
    """A long range, or one for a site or department, is narrowed to the days it bears on."""
    whole = Scope(user_id=work.user_id, first=work.first, last=work.last)
    narrowed = task.location is not None or task.department_id is not None
    if not narrowed and work.last - work.first <= LONGEST:
        return [whole]
    days = parts.seats.days(
        facts.company,
        work.user_id,
        work.first,
        work.last,
        location=task.location,
        department_id=task.department_id,
    )
    if task.location is not None:
        days |= set(days_punched_at(parts, facts, whole, task.location))
    return [Scope(user_id=work.user_id, first=first, last=last) for first, last in day_runs(days)]


def judge_scope(parts: Runtime, facts: CompanyFacts, scope: Scope, task: JudgeTask) -> list[Seat]:
    """Judge a person's days as a task tells; the seats whose record changed."""
    occasion = Occasion(
        actor=task.actor,
        request_id=task.request_id,
        now=task.swept_at or parts.now(),
        cause=task.cause,
    )
    prepare = None if task.swept_at is None else _sweep_at(task.swept_at)
    return judge_person(parts, facts, scope, occasion, prepare)


def _sweep_at(instant: datetime) -> Prepare:
    def swept(seat: Seat) -> Seat:
        return replace(seat, swept_at=instant) if is_due(seat, instant) else seat

    return swept

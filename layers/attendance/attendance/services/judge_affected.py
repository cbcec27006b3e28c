"""Judge people on the days that something changed for them."""

from collections.abc import Collection
from datetime import datetime

from attendance.identity import CompanyId
from attendance.model.judge_task import JudgeTask, Work, in_portions
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.affected_people import Affected
from attendance.services.day_runs import day_runs
from attendance.services.fresh_facts import FreshFacts
from attendance.services.judge_person import Scope, judge_person
from attendance.services.settle_verdict import Occasion

MOST_IN_PLACE = 150


def judge_affected(
    parts: Runtime, facts: FreshFacts, affected: Affected, request_id: str
) -> list[Seat]:
    """Judge one person; the seats whose record changed."""
    changed = []
    for first, last in day_runs(affected.days):
        occasion = Occasion(
            actor=affected.actor,
            request_id=affected.request_id or request_id,
            now=parts.now(),
            cause=affected.cause,
        )
        scope = Scope(user_id=affected.user_id, first=first, last=last)
        changed += judge_person(parts, facts.of(affected.company), scope, occasion)
    return changed


def tasks_of(everybody: Collection[Affected], request_id: str) -> list[JudgeTask]:
    """The same people as messages, when they are too many to judge at once."""
    grouped: dict[tuple[CompanyId, str, str, str], list[Work]] = {}
    for affected in everybody:
        told = affected.request_id or request_id
        key = (affected.company, affected.actor, affected.cause, told)
        grouped.setdefault(key, []).extend(
            Work(user_id=affected.user_id, first=first, last=last)
            for first, last in day_runs(affected.days)
        )
    return [
        JudgeTask(company_id=str(company), actor=actor, cause=cause, request_id=told, work=portion)
        for (company, actor, cause, told), work in grouped.items()
        for portion in in_portions(work)
    ]


def is_due(seat: Seat, at: datetime) -> bool:
    """Whether a sweep at an instant (UTC) has to look at a seat: strictly after it fell due."""
    return seat.due_at is not None and seat.due_at < at

"""People to judge again, as a message of the queue that spreads them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from attendance.times import from_iso, optional_to_iso

PEOPLE_A_TASK = 10


@dataclass(frozen=True, kw_only=True)
class Work:
    """A person and shift dates, both included; a long range is judged where there are seats."""

    user_id: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class JudgeTask:
    """One message. `swept_at` (UTC) makes it a sweep: what is due then, is judged as swept then.

    `location` and `department_id` narrow it to the days with seats there. `cause` is what
    `attendance.recomputed` tells.
    """

    company_id: str
    actor: str
    cause: str
    request_id: str
    work: tuple[Work, ...]
    location: str | None = None
    department_id: str | None = None
    swept_at: datetime | None = None

    def to_json(self) -> str:
        """The body of the message."""
        return json.dumps(
            {
                "companyId": self.company_id,
                "actor": self.actor,
                "cause": self.cause,
                "requestId": self.request_id,
                "work": [[w.user_id, w.first.isoformat(), w.last.isoformat()] for w in self.work],
                "location": self.location,
                "departmentId": self.department_id,
                "sweptAt": optional_to_iso(self.swept_at),
            }
        )


def task_from_json(text: str) -> JudgeTask:
    """The task of a message. Raises ValueError, KeyError or TypeError for anything else."""
    body = json.loads(text)
    return JudgeTask(
        company_id=body["companyId"],
        actor=body["actor"],
        cause=body["cause"],
        request_id=body["requestId"],
        work=tuple(
            Work(user_id=user, first=date.fromisoformat(first), last=date.fromisoformat(last))
            for user, first, last in body["work"]
        ),
        location=body["location"],
        department_id=body["departmentId"],
        swept_at=None if body["sweptAt"] is None else from_iso(body["sweptAt"]),
    )


def in_portions(work: Iterable[Work]) -> Iterator[tuple[Work, ...]]:
    """So much work a message that a function finishes several in its time."""
    rest = iter(work)
    while portion := tuple(islice(rest, PEOPLE_A_TASK)):
        yield portion

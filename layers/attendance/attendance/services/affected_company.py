"""What is judged again of a whole company after a change of its policy, calendar or clocks."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from attendance.adapters.directory import Directory
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.model.judge_task import JudgeTask, Work, in_portions
from attendance.services.rezone_shifts import LOOK_BACK
from attendance.services.settle_verdict import CALENDAR_CHANGE, DIRECTORY_CHANGE, POLICY_CHANGE

Change = tuple[Member | None, Member]


def after_company_change(
    directory: Directory, change: Change, now: datetime, request_id: str
) -> Iterator[JudgeTask]:
    """The tasks of a changed policy, holiday, location or company; none if it says the same.

    A policy judges shifts from its first day on, old days keep theirs. A zone is the clocks' of
    the terminals there: as shifts do, it counts for present and coming days only.
    """
    before, after = change
    cause, days, scope = DIRECTORY_CHANGE, (now.date() - LOOK_BACK, now.date() + LOOK_BACK), {}
    if before is None and after.collection == "COMPANY":
        return
    if before is not None and _said(before) == _said(after):
        return
    if after.collection == "POLICY":
        body = after.body
        cause, days = POLICY_CHANGE, (date.fromisoformat(body["effectiveFrom"]), date.max)
        scope = {"location": body.get("location"), "department_id": body.get("departmentId")}
    for first, last in _holidays(change) if after.collection == "HOLIDAY" else [days]:
        cause = CALENDAR_CHANGE if after.collection == "HOLIDAY" else cause
        people = directory.everybody(CompanyId(after.company_id))
        work = (Work(user_id=user_id, first=first, last=last) for user_id in people)
        yield from _tasks(after, work, cause=cause, request_id=request_id, **scope)


def _holidays(change: Change) -> Iterable[tuple[date, date]]:
    days = {date.fromisoformat(member.body["date"]) for member in change if member is not None}
    return [(day, day) for day in sorted(days)]


_SAYING: dict[str, tuple[str, ...]] = {
    "POLICY": ("version",),
    "HOLIDAY": ("date", "location"),
    "LOCATION": ("timezone",),
    "COMPANY": ("timezone",),
}


def _said(member: Member) -> tuple[object, ...]:
    said = _SAYING[member.collection]
    return (member.is_active, *(member.body.get(name) for name in said))


def _tasks(after: Member, work: Iterable[Work], **facts: Any) -> Iterator[JudgeTask]:
    for portion in in_portions(work):
        yield JudgeTask(company_id=after.company_id, actor="directory", work=portion, **facts)

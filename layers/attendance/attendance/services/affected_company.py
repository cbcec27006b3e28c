"""What is judged again of a whole company after a change of its policy, calendar or clocks."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from attendance.adapters.directory import Directory
from attendance.identity import CompanyId
from attendance.model.directory import Member
from attendance.model.judge_task import JudgeTask, Work, in_portions
from attendance.services.payroll_closing import KEPT_AS, closed_through, closings_of
from attendance.services.rezone_shifts import LOOK_BACK
from attendance.services.settle_verdict import CALENDAR_CHANGE, DIRECTORY_CHANGE, POLICY_CHANGE

Change = tuple[Member | None, Member]
ONE_DAY = timedelta(days=1)


def after_company_change(
    directory: Directory, change: Change, now: datetime, request_id: str
) -> Iterator[JudgeTask]:
    """The tasks of a changed policy, holiday, location or company; none if it says the same.

    A policy judges shifts from its first day on, old days keep theirs. A zone is the clocks' of
    the terminals there: as shifts do, it counts for present and coming days only. Days that
    payroll is no longer closed for are judged by all that came meanwhile.
    """
    before, after = change
    if before is not None and _said(before) == _said(after):
        return
    scope = {}
    if after.collection == "POLICY":
        body = after.body
        scope = {"location": body.get("location"), "department_id": body.get("departmentId")}
    cause = _CAUSES.get(after.collection, DIRECTORY_CHANGE)
    for first, last in _stretches(change, now):
        people = directory.everybody(CompanyId(after.company_id))
        work = (Work(user_id=user_id, first=first, last=last) for user_id in people)
        yield from _tasks(after, work, cause=cause, request_id=request_id, **scope)


_CAUSES = {"POLICY": POLICY_CHANGE, "HOLIDAY": CALENDAR_CHANGE}


def _stretches(change: Change, now: datetime) -> Iterable[tuple[date, date]]:
    before, after = change
    around = (now.date() - LOOK_BACK, now.date() + LOOK_BACK)
    match after.collection:
        case "POLICY":
            return [(date.fromisoformat(after.body["effectiveFrom"]), date.max)]
        case "HOLIDAY":
            return _holidays(change)
        case "COMPANY":
            return [] if before is None else _of_company(before.body, after.body, around)
        case _:
            return [around]


def _holidays(change: Change) -> Iterable[tuple[date, date]]:
    days = {date.fromisoformat(member.body["date"]) for member in change if member is not None}
    return [(day, day) for day in sorted(days)]


def _of_company(
    before: dict[str, Any], after: dict[str, Any], around: tuple[date, date]
) -> Iterator[tuple[date, date]]:
    if before.get("timezone") != after.get("timezone"):
        yield around
    was, is_now = (closed_through(closings_of(body)) for body in (before, after))
    if was is not None and (is_now is None or is_now < was):
        yield date.min if is_now is None else is_now + ONE_DAY, was


_SAYING: dict[str, tuple[str, ...]] = {
    "POLICY": ("version",),
    "HOLIDAY": ("date", "location"),
    "LOCATION": ("timezone",),
    "COMPANY": ("timezone", KEPT_AS),
}


def _said(member: Member) -> tuple[object, ...]:
    said = _SAYING[member.collection]
    return (member.is_active, *(member.body.get(name) for name in said))


def _tasks(after: Member, work: Iterable[Work], **facts: Any) -> Iterator[JudgeTask]:
    for portion in in_portions(work):
        yield JudgeTask(company_id=after.company_id, actor="directory", work=portion, **facts)

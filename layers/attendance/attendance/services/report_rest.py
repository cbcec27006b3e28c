"""Who had too little rest or worked too long a week (rules.md section 5): a report, no status."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from attendance.adapters.record_list import RecordList
from attendance.domain.instants import floor_minutes
from attendance.domain.rest import (
    DAILY_REST,
    WEEKLY_WORK,
    LongWeek,
    ShortRest,
    Work,
    long_weeks,
    monday_of,
    short_rests,
)
from attendance.model.seat import Seat
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.evidence_of_days import Days
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_large
from attendance.times import to_iso

ONE_WEEK = timedelta(days=7)


def report_rest(
    parts: Runtime, session: Session, days: Days, user_id: str | None, page: PageWanted
) -> Rows[dict[str, Any]]:
    """A page of short rests that end, and long weeks that lie, on some days; by day and person.

    An employee sees his own only: another person's id gives an empty list. Weeks at the edges
    are counted whole, and so is a rest that began before the days.
    """
    session.require("attendance.read")
    if not session.may("attendance.manage"):
        if user_id not in (None, session.user_id):
            return Rows(rows=(), total=0)
        user_id = session.user_id
    works = _works(_records(parts, session, days, user_id))
    rows = [row for person in works for row in _rows(person, works[person], days)]
    found = page_of(sorted(rows, key=_place), page)
    refuse_too_large(page, found.rows)
    return found


def _place(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["dateTo"], row["userId"], row["kind"]


def _records(parts: Runtime, session: Session, days: Days, user_id: str | None) -> Iterable[Seat]:
    first, last = monday_of(days.first) - ONE_WEEK, monday_of(days.last) + ONE_WEEK
    if user_id is not None:
        return parts.seats.of_user(session.company, user_id, first, last)
    return RecordList(parts.table).newest(session.company, first, last)


def _works(seats: Iterable[Seat]) -> dict[str, list[Work]]:
    works: dict[str, list[Work]] = defaultdict(list)
    for seat in seats:
        found = seat.verdict
        if found is not None and found.is_active and (found.check_in or found.check_out):
            work = Work(
                shift_date=seat.shift.shift_date,
                start=found.check_in,
                end=found.check_out,
                minutes=int(found.details["workedMinutes"]),
            )
            works[seat.user_id].append(work)
    return works


def _rows(user_id: str, works: list[Work], days: Days) -> Iterator[dict[str, Any]]:
    for rest in short_rests(works):
        if days.first <= rest.last_date <= days.last:
            edges = {"restFrom": to_iso(rest.start), "restTo": to_iso(rest.end)}
            yield _row("dailyRest", user_id, rest, DAILY_REST) | edges
    for week in long_weeks(works):
        if week.first_date <= days.last and days.first <= week.last_date:
            yield _row("weeklyHours", user_id, week, WEEKLY_WORK)


def _row(kind: str, user_id: str, found: ShortRest | LongWeek, limit: timedelta) -> dict[str, Any]:
    return {
        "kind": kind,
        "userId": user_id,
        "dateFrom": found.first_date.isoformat(),
        "dateTo": found.last_date.isoformat(),
        "restFrom": None,
        "restTo": None,
        "minutes": found.minutes,
        "limitMinutes": floor_minutes(limit),
    }

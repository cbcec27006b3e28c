"""List attendance records: an employee's own, or the company's."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from attendance.adapters.counted_list import CountedList
from attendance.adapters.record_list import RecordList
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.present_record import present_record
from attendance.services.record_query import RecordFilters, RecordQuery
from attendance.services.rows import PageWanted, Rows, refuse_too_large

SETTLED_AFTER = timedelta(seconds=2)
"""So long after a change the list's index may still lack it: what is read then is not kept."""


@dataclass(frozen=True, kw_only=True)
class ListRecords:
    """Which records, which page of them, and whether `user` and `shift` go with each.

    `cache_seconds` is how old an answer may be that was kept; None wants it from the table.
    """

    filters: RecordFilters
    page: PageWanted
    joins: bool
    cache_seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class ListedRecords(Rows[dict[str, Any]]):
    """A page of records; `cache_key` tells which kept answer it is, None if it was just read."""

    cache_key: str | None = None


def list_records(parts: Runtime, session: Session, command: ListRecords) -> ListedRecords:
    """The records as clients see them, newest shift first, exactly counted.

    An employee gets his own only: another person's userId gives an empty list (rest-api.md
    section 4). A kept answer is as old as the company's lists are unchanged: one read tells.
    Raises InvalidError when everything is wanted and is more than 10,000 rows or 5 MB.
    """
    session.require("attendance.read")
    wanted = replace(command, filters=_visible(session, command.filters))
    counts = CountedList(parts.table, session.company)
    if wanted.cache_seconds is None:
        return _read(parts, session, wanted, counts)
    asked, revision = _asked(session, wanted), counts.root.revision if counts.root else 0
    kept = parts.lists.get(session.company, asked, revision=revision, seconds=wanted.cache_seconds)
    if kept is not None:
        return ListedRecords(rows=json.loads(kept.rows), total=kept.total, cache_key=asked)
    found = _read(parts, session, wanted, counts)
    if _is_settled(parts, counts):
        rows = json.dumps(list(found.rows))
        parts.lists.put(session.company, asked, rows, found.total, revision=revision)
    return found


def _read(
    parts: Runtime, session: Session, wanted: ListRecords, counts: CountedList
) -> ListedRecords:
    query = RecordQuery(parts.directory, parts.seats, RecordList(parts.table), counts)
    found = query.page(session.company, wanted.filters, wanted.page)
    rows = [present_record(seat, session, joins=wanted.joins) for seat in found.rows]
    refuse_too_large(wanted.page, rows)
    return ListedRecords(rows=rows, total=found.total)


def _is_settled(parts: Runtime, counts: CountedList) -> bool:
    changed_at = counts.root.changed_at if counts.root else None
    return changed_at is None or parts.now() - changed_at > SETTLED_AFTER


def _visible(session: Session, filters: RecordFilters) -> RecordFilters:
    if session.may("attendance.manage"):
        return filters
    own: frozenset[str | None] = frozenset({session.user_id})
    wanted = own if filters.user_ids is None else own & filters.user_ids
    return replace(filters, user_ids=wanted)


def _asked(session: Session, wanted: ListRecords) -> str:
    """Who asked for what, in 32 hex digits: no reader gets an answer made for other rights."""
    filters = wanted.filters
    told = {
        "company": str(session.company),
        "reader": [session.user_id, session.may("attendance.manage")],
        "users": _sorted(filters.user_ids),
        "shifts": _sorted(filters.shift_ids),
        "statuses": _sorted(filters.statuses),
        "days": [filters.first.isoformat(), filters.last.isoformat()],
        "page": [wanted.page.number, wanted.page.size],
        "joins": wanted.joins,
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def _sorted(values: frozenset[Any] | None) -> list[Any] | None:
    return None if values is None else sorted(values, key=lambda value: (value is None, value))

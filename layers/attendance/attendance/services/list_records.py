"""List attendance records: an employee's own, or the company's."""

from dataclasses import dataclass, replace
from typing import Any

from attendance.adapters.counted_list import CountedList
from attendance.adapters.record_list import RecordList
from attendance.model.session import Session
from attendance.runtime import Runtime
from attendance.services.present_record import present_record
from attendance.services.record_query import RecordFilters, RecordQuery
from attendance.services.rows import PageWanted, Rows, refuse_too_large


@dataclass(frozen=True, kw_only=True)
class ListRecords:
    """Which records, which page of them, and whether `user` and `shift` go with each."""

    filters: RecordFilters
    page: PageWanted
    joins: bool


def list_records(parts: Runtime, session: Session, command: ListRecords) -> Rows[dict[str, Any]]:
    """The records as clients see them, newest shift first, exactly counted.

    An employee gets his own only: another person's userId gives an empty list (rest-api.md
    section 4). Raises InvalidError when everything is wanted and is more than 10,000 rows or 5 MB.
    """
    session.require("attendance.read")
    counts = CountedList(parts.table, session.company)
    query = RecordQuery(parts.seats, RecordList(parts.table), counts)
    found = query.page(session.company, _visible(session, command.filters), command.page)
    rows = [present_record(seat, session, joins=command.joins) for seat in found.rows]
    refuse_too_large(command.page, rows)
    return Rows(rows=rows, total=found.total)


def _visible(session: Session, filters: RecordFilters) -> RecordFilters:
    if session.may("attendance.manage"):
        return filters
    own: frozenset[str | None] = frozenset({session.user_id})
    wanted = own if filters.user_ids is None else own & filters.user_ids
    return replace(filters, user_ids=wanted)

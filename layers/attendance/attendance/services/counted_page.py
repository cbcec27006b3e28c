"""A page of the company's list, found by its counts: each costs the same, however far back it is.

The list itself is read at once, the counts follow within two seconds. What one answer says never
contradicts itself: where the list ends on the page, the page tells how many there are.
"""

from collections.abc import Sequence
from itertools import islice

from attendance.adapters.count_marks import Mark
from attendance.adapters.counted_list import Counted, CountedList
from attendance.adapters.record_list import RecordList, end_of, start_of
from attendance.domain.status import Status
from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_many

FEW_PAGES = 4
"""Up to so many pages of records are read all, in one call, to find those that are wanted."""


def counted_page(
    records: RecordList, counts: CountedList, company: CompanyId, wanted: Counted, page: PageWanted
) -> Rows[Seat]:
    """The wanted page. Raises InvalidError when everything is wanted and is too much."""
    total = counts.total(wanted)
    refuse_too_many(page, total)
    everything = Counted(first=wanted.first, last=wanted.last)
    by_status = wanted.statuses != everything.statuses
    few = counts.total(everything) <= FEW_PAGES * page.size
    if page.number == 0 or (by_status and few):
        rows = records.newest(company, wanted.first, wanted.last)
        return page_of((row for row in rows if _passes(row, wanted)), page)
    if by_status:
        return _page_of_statuses(records, counts, company, wanted, page)
    return _page_of_all(records, counts, company, wanted, page)


def _page_of_all(
    records: RecordList, counts: CountedList, company: CompanyId, wanted: Counted, page: PageWanted
) -> Rows[Seat]:
    total = counts.total(wanted)
    top = end_of(wanted.last)
    if page.first > 0:
        marks = counts.window(page.first, page.first + 1, wanted)
        if not marks:
            return Rows(rows=(), total=total)
        top = marks[0].place
    elif total > page.size:
        counts.window(0, 1, wanted)
    rows = records.page(company, start_of(wanted.first), top, page.size + 1)
    return one_page(rows, page, total)


def one_page(rows: Sequence[Seat], page: PageWanted, total: int) -> Rows[Seat]:
    """What was read of a page, one row more if there is one; it tells better than the counts."""
    shown = rows[: page.size]
    seen = page.first + len(shown)
    return Rows(rows=shown, total=max(total, seen + 1) if len(rows) > page.size else seen)


def _page_of_statuses(
    records: RecordList, counts: CountedList, company: CompanyId, wanted: Counted, page: PageWanted
) -> Rows[Seat]:
    marks = counts.window(page.first, page.end, wanted)
    found = _rows_of(records, company, marks)
    rows = list(islice((row for row in found if _passes(row, wanted)), page.size))
    seen = page.first + len(rows) if rows else 0
    return Rows(rows=rows, total=max(counts.total(wanted), seen))


def _rows_of(records: RecordList, company: CompanyId, marks: Sequence[Mark]) -> Sequence[Seat]:
    """By their keys where the marks tell them, and otherwise with all that lies between them."""
    if all(mark.user_id is not None for mark in marks):
        return records.marked(company, marks)
    return list(records.span(company, marks[-1].place, marks[0].place))


def _passes(seat: Seat, wanted: Counted) -> bool:
    return seat.verdict is not None and Status(seat.verdict.status) in wanted.statuses

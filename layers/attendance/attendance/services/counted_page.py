"""A page of the company's list, found by its counts: each costs the same, however far back it is.

The list itself is read at once, the counts follow within two seconds. What one answer says never
contradicts itself: where the list ends on the page, the page tells how many there are.
"""

from itertools import islice

from attendance.adapters.counted_list import Counted, CountedList
from attendance.adapters.record_list import RecordList, end_of
from attendance.domain.status import Status
from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_many

FEW_ROWS = 500
"""Up to so many records are read all, in one call, to find those of a status."""


def counted_page(
    records: RecordList, counts: CountedList, company: CompanyId, wanted: Counted, page: PageWanted
) -> Rows[Seat]:
    """The wanted page. Raises InvalidError when everything is wanted and is too much."""
    total = counts.total(wanted)
    refuse_too_many(page, total)
    everything = Counted(first=wanted.first, last=wanted.last)
    by_status = wanted.statuses != everything.statuses
    if page.number == 0 or (by_status and counts.total(everything) <= FEW_ROWS):
        rows = records.newest(company, wanted.first, wanted.last)
        return page_of((row for row in rows if _passes(row, wanted)), page)
    if by_status:
        return _page_of_statuses(records, counts, company, wanted, page)
    return _page_of_all(records, counts, company, wanted, page)


def _page_of_all(
    records: RecordList, counts: CountedList, company: CompanyId, wanted: Counted, page: PageWanted
) -> Rows[Seat]:
    total = counts.total(wanted)
    several = total > page.size
    top = counts.place_at(page.first, wanted) if several else None
    if page.first == 0:
        top = end_of(wanted.last)
    if top is None:
        return Rows(rows=(), total=total)
    rows = records.page(company, wanted.first, top, page.size + 1)
    shown = rows[: page.size]
    seen = page.first + len(shown)
    return Rows(rows=shown, total=max(total, seen + 1) if len(rows) > page.size else seen)


def _page_of_statuses(
    records: RecordList, counts: CountedList, company: CompanyId, wanted: Counted, page: PageWanted
) -> Rows[Seat]:
    total = counts.total(wanted)
    end = min(page.end, total)
    top = counts.place_at(page.first, wanted)
    bottom = counts.place_at(end - 1, wanted) if end > page.first else None
    if top is None or bottom is None:
        return Rows(rows=(), total=total)
    matching = (row for row in records.span(company, bottom, top) if _passes(row, wanted))
    rows = list(islice(matching, page.size))
    return Rows(rows=rows, total=max(total, page.first + len(rows)))


def _passes(seat: Seat, wanted: Counted) -> bool:
    return seat.verdict is not None and Status(seat.verdict.status) in wanted.statuses

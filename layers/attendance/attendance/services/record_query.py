"""How a list of records is read: by the company's days and their counts, by person, or by shift."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from attendance.adapters.counted_list import Counted, CountedList
from attendance.adapters.directory import Directory
from attendance.adapters.record_list import RecordList, newest_first
from attendance.adapters.seats import SeatStore
from attendance.domain.status import Status
from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.services.counted_page import counted_page
from attendance.services.rows import PageWanted, Rows, page_of
from attendance.services.shift_page import ShiftPages, ShiftsWanted

FEW = 20
"""Up to so many people or shifts are read one by one; more cost less by the company's days."""


@dataclass(frozen=True, kw_only=True)
class RecordFilters:
    """None filters nothing; None within a set stands for the word null, which no record has.

    `first` and `last` bound the shift's date, both included.
    """

    user_ids: frozenset[str | None] | None = None
    shift_ids: frozenset[str | None] | None = None
    statuses: frozenset[Status | None] | None = None
    first: date = date.min
    last: date = date.max

    def match(self, seat: Seat) -> bool:
        """Whether a seat holds a record that the lists show and that passes."""
        verdict = seat.verdict
        if verdict is None or not verdict.is_active:
            return False
        return (
            (self.user_ids is None or seat.user_id in self.user_ids)
            and (self.shift_ids is None or seat.shift.shift_id in self.shift_ids)
            and (self.statuses is None or verdict.status in self.statuses)
            and self.first <= seat.shift.shift_date <= self.last
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing can pass."""
        return self.first > self.last or any(
            wanted is not None and not wanted - {None}
            for wanted in (self.user_ids, self.shift_ids, self.statuses)
        )


@dataclass(frozen=True)
class RecordQuery:
    """Reads a company's records, newest first, page by page and exactly counted."""

    directory: Directory
    seats: SeatStore
    records: RecordList
    counts: CountedList

    def page(self, company: CompanyId, filters: RecordFilters, page: PageWanted) -> Rows[Seat]:
        """The wanted page. Raises InvalidError when everything is wanted and is too much."""
        if filters.is_empty:
            return Rows(rows=(), total=0)
        if filters.user_ids is filters.shift_ids is None and self.counts.root is not None:
            return counted_page(self.records, self.counts, company, _counted(filters), page)
        shifts = self._of_few_shifts(company, filters)
        if shifts is not None and filters.statuses is None:
            return self._shift_pages.page(shifts, page)
        return page_of(filter(filters.match, self._candidates(company, filters)), page)

    @property
    def _shift_pages(self) -> ShiftPages:
        return ShiftPages(self.directory, self.seats, self.records, self.counts)

    def _of_few_shifts(self, company: CompanyId, filters: RecordFilters) -> ShiftsWanted | None:
        shifts = _few(filters.shift_ids)
        if shifts is None or filters.user_ids is not None:
            return None
        return ShiftsWanted(
            company=company, shift_ids=shifts, first=filters.first, last=filters.last
        )

    def _candidates(self, company: CompanyId, filters: RecordFilters) -> Iterable[Seat]:
        shifts = self._of_few_shifts(company, filters)
        if shifts is not None:
            return self._shift_pages.rows(shifts)
        users = _few(filters.user_ids)
        if users is not None:
            return sorted(self._of_users(company, users, filters), key=newest_first, reverse=True)
        return self.records.newest(company, filters.first, filters.last)

    def _of_users(
        self, company: CompanyId, user_ids: set[str], filters: RecordFilters
    ) -> Iterator[Seat]:
        for user_id in user_ids:
            yield from self.seats.of_user(company, user_id, filters.first, filters.last)


def _counted(filters: RecordFilters) -> Counted:
    statuses = filters.statuses
    if statuses is None:
        return Counted(first=filters.first, last=filters.last)
    wanted = frozenset(status for status in statuses if status is not None)
    return Counted(first=filters.first, last=filters.last, statuses=wanted)


def _few(ids: frozenset[str | None] | None) -> set[str] | None:
    if ids is None or len(ids) > FEW:
        return None
    return {id_ for id_ in ids if id_ is not None}

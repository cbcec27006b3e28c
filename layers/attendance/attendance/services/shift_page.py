"""A page of the records of some shifts: each shift is a stretch of the company's list.

Where a shift's records are listed its counts tell. Before the stream has told them anything, it is
where the shift is now, or its people's seats.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from attendance.adapters.count_marks import Mark
from attendance.adapters.counted_list import CountedList
from attendance.adapters.directory import Directory
from attendance.adapters.list_place import spot_of, stretch_of
from attendance.adapters.record_list import RecordList
from attendance.adapters.seats import SeatStore
from attendance.identity import CompanyId
from attendance.model.seat import Seat
from attendance.services.counted_page import FEW_PAGES, one_page
from attendance.services.remembered import remembered_shift
from attendance.services.rows import PageWanted, Rows, page_of, refuse_too_many


@dataclass(frozen=True, kw_only=True)
class ShiftsWanted:
    """Which shifts, on which days; both days are included."""

    company: CompanyId
    shift_ids: Collection[str]
    first: date
    last: date


@dataclass(frozen=True)
class ShiftPages:
    """Reads of the stretches of shifts; a call for each stretch that a page touches."""

    directory: Directory
    seats: SeatStore
    records: RecordList
    counts: CountedList

    def page(self, wanted: ShiftsWanted, page: PageWanted) -> Rows[Seat]:
        """The wanted page. Raises InvalidError when everything is wanted and is too much."""
        places = self._places(wanted)
        found = self.counts.of_shifts(places)
        total = sum(map(len, found.values()))
        refuse_too_many(page, total)
        if page.number == 0 or total <= FEW_PAGES * page.size:
            return page_of(self.rows(wanted), page)
        several = [(stretch_of(*place), found[place]) for place in places]
        if page.first >= total:
            return Rows(rows=(), total=total)
        rows = chain.from_iterable(self._read(wanted.company, several, page))
        return one_page(list(islice(rows, page.size + 1)), page, total)

    def rows(self, wanted: ShiftsWanted) -> Iterator[Seat]:
        """All records of the shifts, newest first."""
        for place in self._places(wanted):
            stretch = stretch_of(*place)
            yield from self.records.span(wanted.company, stretch, f"{stretch}~")

    def _places(self, wanted: ShiftsWanted) -> list[tuple[str, str]]:
        """The spots of the shifts, newest stretch first."""
        spots = self.counts.spots(wanted.shift_ids)
        for shift_id in set(wanted.shift_ids) - spots.keys():
            spots[shift_id] = self._untold_spots(wanted.company, shift_id)
        days = (f"{wanted.first}#", f"{wanted.last}#~")
        places = [(spot, shift_id) for shift_id, some in spots.items() for spot in some]
        return sorted(
            (place for place in places if days[0] <= place[0] <= days[1]),
            key=lambda place: stretch_of(*place),
            reverse=True,
        )

    def _untold_spots(self, company: CompanyId, shift_id: str) -> list[str]:
        known = remembered_shift(self.directory, company, shift_id)
        if known is not None:
            return [spot_of(known.shift_date, known.starts_at)]
        facts = [seat.shift for seat in self.seats.of_shift(company, shift_id)]
        return list({spot_of(fact.shift_date, fact.starts_at) for fact in facts})

    def _read(
        self, company: CompanyId, several: list[tuple[str, list[Mark]]], page: PageWanted
    ) -> Iterator[list[Seat]]:
        """The page's rows and one more, stretch by stretch."""
        passed, left = 0, page.size + 1
        for stretch, marks in several:
            first = max(page.first - passed, 0)
            passed += len(marks)
            if first < len(marks) and left > 0:
                rows = self.records.page(company, stretch, marks[first].place, left)
                left -= len(rows)
                yield rows

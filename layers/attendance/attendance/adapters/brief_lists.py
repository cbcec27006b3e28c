"""What a company's seats and punches of some days say, by few large reads."""

from collections.abc import Iterator, Sequence
from datetime import date

from attendance.adapters import keys
from attendance.adapters.brief_rows import (
    PUNCH_ATTRIBUTES,
    punch_of_row,
    seat_of_row,
    seat_reader,
)
from attendance.adapters.directory import Directory
from attendance.adapters.table import KEY_ATTRIBUTES
from attendance.identity import CompanyId
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat


class BriefLists:
    """Reads for what-ifs; through indexes, so a moment behind. Days are included at both ends."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def seats(self, company: CompanyId, first: date, last: date) -> Iterator[Seat]:
        """Everybody's seats: read by shift or by person, whichever is fewer."""
        edges = (f"{first.isoformat()}#", f"{last.isoformat()}#~")
        shifts = [m.member_id for m in self._directory.members(company, "SHIFT", between=edges)]
        people = list(self._directory.everybody(company))
        if len(shifts) <= len(people):
            return self._of_shifts(company, shifts)
        return self._of_people(company, people, edges)

    def _of_shifts(self, company: CompanyId, shifts: Sequence[str]) -> Iterator[Seat]:
        table = self._directory.table
        places = (
            (row["pk"]["S"], row["sk"]["S"])
            for shift_id in shifts
            for row in table.query_all(
                keys.shift_partition(company, shift_id), index="byGroup", attributes=KEY_ATTRIBUTES
            )
        )
        rows = table.get_rows(places, seat_reader().names)
        return (seat for seat in map(seat_of_row, rows) if seat.assigned)

    def _of_people(
        self, company: CompanyId, people: Sequence[str], edges: tuple[str, str]
    ) -> Iterator[Seat]:
        for user_id in people:
            rows = self._directory.table.query_all(
                keys.user_partition(company, user_id),
                between=(f"S#{edges[0]}", f"S#{edges[1]}"),
                attributes=seat_reader().names,
            )
            yield from (seat for seat in map(seat_of_row, rows) if seat.assigned)

    def punches(self, company: CompanyId, first: date, last: date) -> Iterator[StoredPunch]:
        """All punches by their wall days."""
        rows = self._directory.table.query_all(
            keys.list_partition(company, "PUNCHES"),
            index="byList",
            between=(first.isoformat(), f"{last.isoformat()}~"),
            attributes=PUNCH_ATTRIBUTES,
        )
        return map(punch_of_row, rows)

"""A company's people with all that is stored of them around some days, by few large reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from attendance.adapters.brief_lists import BriefLists
from attendance.errors import invalid_field
from attendance.model.punch import StoredPunch
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.build_case import approved
from attendance.services.company_facts import CompanyFacts
from attendance.services.previewed_person import Evidence

MARGIN = timedelta(days=3)
"""Days around that are read too: a shift of theirs may claim a punch."""
ONE_DAY = timedelta(days=1)
MOST_SEATS = 20_000


@dataclass(frozen=True, kw_only=True)
class Days:
    """The shift dates to look at, both included."""

    first: date
    last: date

    def hold(self, seat: Seat) -> bool:
        """Whether a seat is of these days."""
        return self.first <= seat.shift.shift_date <= self.last


def evidence_of_days(parts: Runtime, facts: CompanyFacts, days: Days) -> Iterator[Evidence]:
    """Everybody with seats around the days, by user id.

    Raises InvalidError when there are more than 20,000 seats.
    """
    lists = BriefLists(parts.directory)
    first, last = _widened(days.first, -MARGIN), _widened(days.last, MARGIN)
    seats = _by_person(lists.seats(facts.company, first, last))
    punches = _by_number(lists.punches(facts.company, _widened(first, -ONE_DAY), last + ONE_DAY))
    people = parts.directory.users_by_id(facts.company, sorted(seats))
    for user_id, user in people.items():
        if user is not None:
            own = [punch for number in user.device_user_ids for punch in punches[number]]
            yield Evidence(
                user=user,
                seats=seats[user_id],
                punches=list(approved(own, facts)),
                facts=facts,
            )


def _widened(day: date, by: timedelta) -> date:
    return date.fromordinal(min(max(day.toordinal() + by.days, 2), date.max.toordinal() - 2))


def _by_person(seats: Iterator[Seat]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = defaultdict(list)
    read = list(islice(seats, MOST_SEATS + 1))
    if len(read) > MOST_SEATS:
        raise invalid_field("dateTo", f"days with {MOST_SEATS:,} seats at most; take fewer days")
    for seat in read:
        found[seat.user_id].append(seat)
    return found


def _by_number(punches: Iterable[StoredPunch]) -> dict[str, list[StoredPunch]]:
    found: dict[str, list[StoredPunch]] = defaultdict(list)
    for punch in punches:
        found[punch.user_id].append(punch)
    return found

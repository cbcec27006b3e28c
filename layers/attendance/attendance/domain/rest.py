"""Rest between days of work and hours of a week: told, never a status (rules.md section 5).

Directive 2003/88/EC: eleven consecutive hours of rest in every 24 (article 3), and 48 hours of
work in seven days, overtime included (article 6). The latter is an average over up to four months
(article 16), so one week above is what to look at and not a breach by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from attendance.domain.instants import floor_minutes

DAILY_REST = timedelta(hours=11)
WEEKLY_WORK = timedelta(hours=48)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One person's work on one shift; instants in UTC, None where not known."""

    shift_date: date
    start: datetime | None
    end: datetime | None
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortRest:
    """Less than eleven hours between the work of two shift dates; instants in UTC."""

    first_date: date
    last_date: date
    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes of rest; none where the next work began before the last one ended."""
        return max(floor_minutes(self.end - self.start), 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class LongWeek:
    """More than 48 hours worked on the shift dates of a week from Monday to Sunday."""

    first_date: date
    minutes: int

    @property
    def last_date(self) -> date:
        """Its Sunday."""
        return self.first_date + 6 * ONE_DAY


def short_rests(works: Iterable[Work]) -> Iterator[ShortRest]:
    """The rests of one person under eleven hours, elapsed, in order of time.

    From the end of the last work of a shift date to the start of the first work of the next one
    that was worked; a break between two shifts of one date is not rest. Nothing is said of a rest
    with an end that is not known: work still open, or a missing check-in.
    """
    days = _by_day(works)
    for before, after in pairwise(sorted(days)):
        end = _latest([work.end for work in days[before]])
        start = _earliest([work.start for work in days[after]])
        if end is not None and start is not None and start - end < DAILY_REST:
            yield ShortRest(first_date=before, last_date=after, start=end, end=start)


def long_weeks(works: Iterable[Work]) -> Iterator[LongWeek]:
    """The weeks of one person with more than 48 hours of work, in order of time.

    Weeks are those of ISO 8601, by shift date: a night from Sunday to Monday is the week's that
    ends. Minutes are the records' own, less breaks and rounded as the policy has it.
    """
    minutes: dict[date, int] = defaultdict(int)
    for work in works:
        minutes[monday_of(work.shift_date)] += work.minutes
    for monday in sorted(minutes):
        if timedelta(minutes=minutes[monday]) > WEEKLY_WORK:
            yield LongWeek(first_date=monday, minutes=minutes[monday])


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - day.weekday() * ONE_DAY


def _by_day(works: Iterable[Work]) -> dict[date, list[Work]]:
    days: dict[date, list[Work]] = defaultdict(list)
    for work in works:
        days[work.shift_date].append(work)
    return days


def _latest(instants: list[datetime | None]) -> datetime | None:
    known = [instant for instant in instants if instant is not None]
    return max(known) if len(known) == len(instants) else None


def _earliest(instants: list[datetime | None]) -> datetime | None:
    known = [instant for instant in instants if instant is not None]
    return min(known) if len(known) == len(instants) else None

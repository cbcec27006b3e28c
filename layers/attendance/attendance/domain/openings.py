"""When a record may have begun, by what is known: until when it may then take punches."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.domain.case import Case
from attendance.domain.decision import Correction
from attendance.domain.direction import Direction
from attendance.domain.evidence import Item, replay_order
from attendance.domain.held_back import held_back
from attendance.domain.instants import before
from attendance.domain.local_policy import read_at_shifts
from attendance.domain.policy_words import DirectionMode, HolidayPunches
from attendance.domain.reading import read_punches
from attendance.domain.seat import Seat, seat_of

JUST = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The evidence of a case, all in order of time; instants are UTC.

    `opening` are the instants that may open a record; a shift's own count before its end.
    `replayed` are the punches that are replayed, `moments` the instants of them and of all
    actions. By shift id: `said` are the instants of its actions, `came` of its check-ins through
    the API, `corrected` of the check-ins that managers gave it.
    """

    opening: tuple[datetime, ...]
    replayed: tuple[Item, ...]
    moments: tuple[datetime, ...]
    said: Mapping[str, Sequence[datetime]]
    came: Mapping[str, Sequence[datetime]]
    corrected: Mapping[str, Sequence[datetime]]


def evidence_of(case: Case) -> Known:
    """What is known in a case that may open records."""
    seats = [seat_of(shift, case.policies) for shift in case.shifts]
    reads = read_at_shifts(read_punches(case.punches, case.policies), seats, case.policies)
    told = [p for p in case.punches if held_back(p, reads[p.punch_id], case.person) is None]
    takes_part = {punch.punch_id for punch in told}
    items = replay_order((r for key, r in reads.items() if r and key in takes_part), ())
    ends = {shift.shift_id: shift.end - JUST for shift in case.shifts}
    said = _by_shift((a.shift_id, a.instant) for a in case.actions)
    came = _by_shift(
        (a.shift_id, min(a.instant, ends.get(a.shift_id, a.instant)))
        for a in case.actions
        if a.direction is Direction.IN
    )
    corrected = _by_shift(
        (d.shift_id, min(d.check_in, ends.get(d.shift_id, d.check_in)))
        for d in case.decisions
        if isinstance(d, Correction) and isinstance(d.check_in, datetime)
    )
    left = _by_shift((key, min(at, ends.get(key, at))) for key, all_ in said.items() for at in all_)
    return Known(
        opening=tuple(sorted([*(i.instant for i in items), *_all(left), *_all(corrected)])),
        replayed=tuple(items),
        moments=tuple(sorted([*(i.instant for i in items), *_all(said)])),
        said=said,
        came=came,
        corrected=corrected,
    )


def latest_check_in(
    seat: Seat, seats: Iterable[Seat], known: Known, debounce: timedelta
) -> datetime | None:
    """The latest instant (UTC) at which the record of a seat may begin; None if it cannot.

    A record begins with its first check-in, so an arrival that is surely its own is a bound,
    however late people leave. `seats` are all of the person's, `debounce` the longest in force.
    """
    shift_id = seat.shift.shift_id
    sure = _sure_arrivals(seat, seats, known, debounce)
    if sure:
        return max((min(sure), *known.corrected.get(shift_id, ())))
    before_end = bisect_left(known.opening, seat.shift.end)
    return known.opening[before_end - 1] if before_end else None


def _sure_arrivals(
    seat: Seat, seats: Iterable[Seat], known: Known, debounce: timedelta
) -> list[datetime]:
    arrivals = list(known.came.get(seat.shift.shift_id, ()))
    others = [other for other in seats if other is not seat and _overlap(other, seat)]
    first = bisect_left(known.replayed, seat.window_start, key=_instant)
    last = bisect_left(known.replayed, seat.shift.end, key=_instant)
    for item in known.replayed[first:last]:
        alone = not any(other.holds(item.instant) for other in others)
        if alone and _opens(item, seat) and _stands_apart(item.instant, known, debounce):
            return [*arrivals, item.instant]
    return arrivals


def _opens(item: Item, seat: Seat) -> bool:
    """Whether a punch that goes to the seat is an arrival there, by label or by position."""
    if seat.shift.holiday and seat.policy.holiday_punches is HolidayPunches.IGNORE:
        return False
    if item.direction is None:
        return seat.policy.direction_mode is not DirectionMode.LABELLED
    return item.direction is Direction.IN


def _stands_apart(instant: datetime, known: Known, debounce: timedelta) -> bool:
    """Whether there is nothing before a punch that it may be debounced for."""
    first = bisect_right(known.moments, before(instant, debounce))
    return bisect_right(known.moments, instant) - first <= 1


def _overlap(one: Seat, other: Seat) -> bool:
    return one.window_start <= other.window_end and other.window_start <= one.window_end


def _instant(item: Item) -> datetime:
    return item.instant


def _by_shift(told: Iterable[tuple[str, datetime]]) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = defaultdict(list)
    for shift_id, instant in told:
        found[shift_id].append(instant)
    return found


def _all(by_shift: Mapping[str, Sequence[datetime]]) -> list[datetime]:
    return [instant for instants in by_shift.values() for instant in instants]

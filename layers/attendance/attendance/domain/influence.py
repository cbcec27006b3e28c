"""How much of a person's calendar has to be loaded to judge a part of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.domain.openings import Known, latest_check_in
from attendance.domain.policy_versions import DEFAULT_VERSION, PolicyVersion
from attendance.domain.seat import Seat, reach_end, seat_of
from attendance.domain.shift import Shift
from attendance.domain.sweep import UNMATCHED_MARGIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """Closed ranges to load: shift dates `first_date` to `last_date`, evidence `start` to `end`.

    Judged with the shifts of `shift_ids` and `beside_ids` and this evidence (UTC), each of
    `shift_ids` gets the verdict it has in the whole calendar. Those of `beside_ids` are there
    only because they may take punches that would else hold one of the former back. Both are in
    the order of their starts.
    """

    first_date: date
    last_date: date
    start: datetime
    end: datetime
    shift_ids: tuple[str, ...]
    beside_ids: tuple[str, ...] = ()


def influence(
    shifts: Iterable[Shift],
    versions: Sequence[PolicyVersion],
    around: tuple[datetime, datetime],
    *,
    evidence: Known | None = None,
) -> Influence | None:
    """The shifts that hang together with a stretch of time, and the evidence that bears on them.

    `around` are the first and last instant (UTC) of interest: a punch, or the span of a shift.
    Which shift a punch goes to is decided among the shifts that may take it, so shifts whose
    reach meets hang together, one with the next. A punch that nobody took bears further, four
    hours around a window, but it takes nothing: that is one step and goes no further. None when
    no shift is touched.

    Without `evidence` this is the widest that may matter: all days up to the next day off. With
    everything known about these shifts (`evidence_of`) it ends where no check-in can be open any
    more; it is then right for just that evidence.
    """
    debounce = _longest_debounce(versions)
    seats = [seat_of(shift, versions) for shift in shifts]
    groups = _groups(
        _widest(seat, debounce)
        if evidence is None
        else _known_reach(seat, seats, evidence, debounce)
        for seat in seats
    )
    touched = [group for group in groups if group.takes(around)]
    settled = [
        group
        for group in groups
        if group.feels(around) or any(group.feels(other.taking) for other in touched)
    ]
    if not settled:
        return None
    beside = [
        group
        for group in groups
        if group not in settled and any(group.takes(other.feeling) for other in settled)
    ]
    return _covering(settled, beside)


Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reach:
    """Shifts that hang together, and their instants (UTC, both ends included).

    From `opens` to `closes` they may take punches; from `begins` to `ends` punches bear on them.
    """

    shifts: tuple[Shift, ...]
    opens: datetime
    closes: datetime
    begins: datetime
    ends: datetime

    @property
    def taking(self) -> Stretch:
        return self.opens, self.closes

    @property
    def feeling(self) -> Stretch:
        return self.begins, self.ends

    def takes(self, stretch: Stretch) -> bool:
        return _meet(self.taking, stretch)

    def feels(self, stretch: Stretch) -> bool:
        return _meet(self.feeling, stretch)

    def joined(self, later: "_Reach") -> "_Reach":
        return _Reach(
            shifts=(*self.shifts, *later.shifts),
            opens=self.opens,
            closes=max(self.closes, later.closes),
            begins=min(self.begins, later.begins),
            ends=max(self.ends, later.ends),
        )


def _meet(one: Stretch, other: Stretch) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _groups(reaches: Iterable[_Reach]) -> list[_Reach]:
    """Runs of reaches that meet, in order of time."""
    groups: list[_Reach] = []
    for reach in sorted(reaches, key=lambda reach: reach.opens):
        if groups and groups[-1].takes(reach.taking):
            groups[-1] = groups[-1].joined(reach)
        else:
            groups.append(reach)
    return groups


def _covering(settled: Sequence[_Reach], beside: Sequence[_Reach]) -> Influence:
    both = [*settled, *beside]
    dates = [shift.shift_date for group in both for shift in group.shifts]
    return Influence(
        first_date=min(dates),
        last_date=max(dates),
        start=min(group.begins for group in both),
        end=max(group.ends for group in both),
        shift_ids=_ids(settled),
        beside_ids=_ids(beside),
    )


def _ids(groups: Sequence[_Reach]) -> tuple[str, ...]:
    shifts = [shift for group in groups for shift in group.shifts]
    return tuple(s.shift_id for s in sorted(shifts, key=lambda s: (s.start, s.shift_id)))


def _widest(seat: Seat, debounce: timedelta) -> _Reach:
    return _reach(seat, (seat.window_start, reach_end(seat)), debounce)


def _known_reach(seat: Seat, seats: Sequence[Seat], known: Known, debounce: timedelta) -> _Reach:
    """What people said through the API is their shift's, wherever it lies."""
    closes = _closes(seat, latest_check_in(seat, seats, known, debounce))
    said = known.said.get(seat.shift.shift_id, ())
    taking = min((seat.window_start, *said)), max((closes, *said))
    return _reach(seat, taking, debounce)


def _reach(seat: Seat, taking: Stretch, debounce: timedelta) -> _Reach:
    opens, closes = taking
    return _Reach(
        shifts=(seat.shift,),
        opens=opens,
        closes=closes + debounce,
        begins=min(opens, seat.window_start - UNMATCHED_MARGIN),
        ends=max(closes, seat.window_end + UNMATCHED_MARGIN) + debounce,
    )


def _closes(seat: Seat, came: datetime | None) -> datetime:
    """How long the record of a seat may be open, if it began at `came` (UTC)."""
    if came is None or not seat.policy.accept_out_after_window:
        return seat.window_end
    return max(seat.window_end, came + timedelta(minutes=seat.policy.max_open_minutes))


def _longest_debounce(versions: Sequence[PolicyVersion]) -> timedelta:
    seconds = [version.policy.debounce_seconds for version in (*versions, DEFAULT_VERSION)]
    return timedelta(seconds=max(seconds))

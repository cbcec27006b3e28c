"""How much of a person's calendar has to be loaded to judge a part of it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.domain.case import Case
from attendance.domain.decision import Correction
from attendance.domain.policy_versions import DEFAULT_VERSION, PolicyVersion
from attendance.domain.reading import read_punches
from attendance.domain.seat import Seat, reach_end, seat_of
from attendance.domain.shift import Shift
from attendance.domain.sweep import UNMATCHED_MARGIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """Closed ranges: shift dates `first_date` to `last_date`, evidence `start` to `end` (UTC).

    `shift_ids` are the shifts inside, in the order of their starts. Judged with exactly these
    shifts and this evidence, each of them gets the verdict it has in the whole calendar.
    """

    first_date: date
    last_date: date
    start: datetime
    end: datetime
    shift_ids: tuple[str, ...]


def span_of(shift: Shift, versions: Sequence[PolicyVersion]) -> tuple[datetime, datetime]:
    """The instants (UTC, both included) between which evidence may bear on a shift.

    From four hours before the window (an unmatched punch holds an absence back) to the last
    OUT that may close the record, and as much longer as a debounced punch may follow.
    """
    begins, ends, _ = _span(seat_of(shift, versions), _longest_debounce(versions), None)
    return begins, ends


def influence(
    shifts: Iterable[Shift],
    versions: Sequence[PolicyVersion],
    around: tuple[datetime, datetime],
    *,
    evidence: Iterable[datetime] | None = None,
) -> Influence | None:
    """The shifts that hang together with a stretch of time, and the evidence that bears on them.

    `around` are the first and last instant (UTC) of interest: a punch, or the span of a shift.
    Shifts hang together when their spans meet: an open record may take a punch that would
    else be the next shift's. None when no shift is touched.

    Without `evidence` this is the widest that may matter: all days up to the next day off. With
    the instants of everything known about these shifts (`evidence_of`) it ends where no check-in
    can be open any more; it is then right for just that evidence.
    """
    known = None if evidence is None else sorted(evidence)
    debounce = _longest_debounce(versions)
    spans = sorted(
        (_span(seat_of(shift, versions), debounce, known) for shift in shifts),
        key=lambda span: (span[0], span[2].shift_id),
    )
    touched = [g for g in _groups(spans) if _meets(g, around)]
    if not touched:
        return None
    return _covering([span for group in touched for span in group])


def evidence_of(case: Case) -> list[datetime]:
    """The instants (UTC) of a case that may open a record; a shift's own lie before its end."""
    reads = read_punches(case.punches, case.policies).values()
    punched = [read.instant for read in reads if read is not None]
    told = [(a.shift_id, a.instant) for a in case.actions]
    for decision in case.decisions:
        if isinstance(decision, Correction) and isinstance(decision.check_in, datetime):
            told.append((decision.shift_id, decision.check_in))
    ends = {shift.shift_id: shift.end - timedelta(microseconds=1) for shift in case.shifts}
    return punched + [min(instant, ends.get(shift_id, instant)) for shift_id, instant in told]


Span = tuple[datetime, datetime, Shift]


def _groups(spans: Iterable[Span]) -> list[list[Span]]:
    """Runs of spans that meet, in order of time."""
    groups: list[list[Span]] = []
    until: datetime | None = None
    for span in spans:
        if until is not None and span[0] <= until:
            groups[-1].append(span)
            until = max(until, span[1])
        else:
            groups.append([span])
            until = span[1]
    return groups


def _meets(group: list[Span], around: tuple[datetime, datetime]) -> bool:
    return group[0][0] <= around[1] and around[0] <= max(span[1] for span in group)


def _covering(spans: list[Span]) -> Influence:
    by_start = sorted((span[2] for span in spans), key=lambda shift: shift.start)
    return Influence(
        first_date=min(shift.shift_date for shift in by_start),
        last_date=max(shift.shift_date for shift in by_start),
        start=min(span[0] for span in spans),
        end=max(span[1] for span in spans),
        shift_ids=tuple(shift.shift_id for shift in by_start),
    )


def _span(seat: Seat, debounce: timedelta, known: Sequence[datetime] | None) -> Span:
    closes = reach_end(seat) if known is None else _reach_of_known(seat, known)
    last = max(closes, seat.window_end + UNMATCHED_MARGIN)
    return seat.window_start - UNMATCHED_MARGIN, last + debounce, seat.shift


def _reach_of_known(seat: Seat, known: Sequence[datetime]) -> datetime:
    """How long the latest instant that may be the shift's check-in keeps its record open."""
    before_end = bisect_left(known, seat.shift.end)
    if not seat.policy.accept_out_after_window or before_end == 0:
        return seat.window_end
    longest = timedelta(minutes=seat.policy.max_open_minutes)
    return max(seat.window_end, known[before_end - 1] + longest)


def _longest_debounce(versions: Sequence[PolicyVersion]) -> timedelta:
    seconds = [version.policy.debounce_seconds for version in (*versions, DEFAULT_VERSION)]
    return timedelta(seconds=max(seconds))

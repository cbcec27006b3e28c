"""How much of a person's calendar has to be loaded to judge a part of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.domain.policy_versions import PolicyVersion
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
    return _span(seat_of(shift, versions), _longest_debounce(versions))


def influence(
    shifts: Iterable[Shift],
    versions: Sequence[PolicyVersion],
    around: tuple[datetime, datetime],
) -> Influence | None:
    """The shifts that hang together with a stretch of time, and the evidence that bears on them.

    `around` are the first and last instant (UTC) of interest: a punch, or the span of a shift.
    Shifts hang together when their spans meet: an open record may take a punch that would
    else be the next shift's. None when no shift is touched.
    """
    debounce = _longest_debounce(versions)
    spans = sorted(
        ((*_span(seat_of(shift, versions), debounce), shift) for shift in shifts),
        key=lambda span: (span[0], span[2].shift_id),
    )
    touched = [g for g in _groups(spans) if _meets(g, around)]
    if not touched:
        return None
    return _covering([span for group in touched for span in group])


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


def _span(seat: Seat, debounce: timedelta) -> tuple[datetime, datetime]:
    last = max(reach_end(seat), seat.window_end + UNMATCHED_MARGIN)
    return seat.window_start - UNMATCHED_MARGIN, last + debounce


def _longest_debounce(versions: Sequence[PolicyVersion]) -> timedelta:
    default = 60
    return timedelta(seconds=max((v.policy.debounce_seconds for v in versions), default=default))

"""Which shift a punch goes to: rules M1 to M6 (rules.md section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.domain import several_candidates
from attendance.domain.direction import Direction
from attendance.domain.policy_words import DirectionMode
from attendance.domain.seat import Seat
from attendance.domain.standing import Standing, StandingOf

POSITIONAL = (DirectionMode.FIRST_LAST, DirectionMode.ALTERNATING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The seat a punch goes to (None: unmatched), the rule that said so, the candidates.

    `line` is the rule's own line where it has several: M6a to M6e (docs/rules.md), else the rule.
    """

    seat: Seat | None
    rule: str
    line: str
    candidates: tuple[Seat, ...]


def match(
    instant: datetime,
    direction: Direction | None,
    seats: Sequence[Seat],
    standing_of: StandingOf,
) -> Match:
    """Match a punch against the seats near it, in the state of the replay so far."""
    candidates = tuple(seat for seat in seats if seat.holds(instant))
    if direction is Direction.OUT:
        seat, line = _match_out(instant, seats, candidates, standing_of)
    elif direction is Direction.IN:
        seat, line = _match_in(instant, seats, candidates, standing_of)
    else:
        seat, line = _match_unlabelled(instant, seats, candidates, standing_of)
    return Match(seat=seat, rule=line[:2], line=line, candidates=candidates)


Found = tuple[Seat | None, str]


def _match_out(
    instant: datetime, seats: Sequence[Seat], candidates: Sequence[Seat], standing_of: StandingOf
) -> Found:
    """M1: the open record with the latest check-in. M2: the nearest scheduled end."""
    open_since = [
        (since, seat.shift.start, seat)
        for seat in seats
        if (since := _closable_since(seat, standing_of(seat), instant)) is not None
    ]
    if open_since:
        return max(open_since, key=lambda found: found[:2])[2], "M1"
    nearest = min(
        candidates,
        key=lambda seat: (abs(instant - seat.shift.end), seat.shift.start),
        default=None,
    )
    return nearest, "M2"


def _closable_since(seat: Seat, standing: Standing, instant: datetime) -> datetime | None:
    """Since when a record is open that an OUT of this instant may close."""
    if standing.check_in is None or not standing.open:
        return None
    if seat.holds(instant) or seat.takes_late_out(standing.check_in, instant):
        return standing.check_in
    return None


def _match_in(
    instant: datetime, seats: Sequence[Seat], candidates: Sequence[Seat], standing_of: StandingOf
) -> Found:
    """M3: only shifts that have not ended. Where a company goes by position and not by label, a
    wrong IN at the end of the day is taken as unlabelled rather than lost.
    """
    running = [seat for seat in candidates if instant < seat.shift.end]
    if len(running) > 1:
        return several_candidates.choose(running, instant, Direction.IN, standing_of)
    if running:
        return running[0], "M3"
    positional = [seat for seat in seats if seat.policy.direction_mode in POSITIONAL]
    if not positional:
        return None, "M3"
    held = [seat for seat in positional if seat.holds(instant)]
    return _match_unlabelled(instant, positional, held, standing_of)


def _match_unlabelled(
    instant: datetime, seats: Sequence[Seat], candidates: Sequence[Seat], standing_of: StandingOf
) -> Found:
    if len(candidates) > 1:
        return several_candidates.choose(candidates, instant, None, standing_of)
    if candidates:
        return candidates[0], "M4"
    return _after_window(instant, seats, standing_of), "M5"


def _after_window(instant: datetime, seats: Sequence[Seat], standing_of: StandingOf) -> Seat | None:
    """M5: the record with the latest check-in, if it may still be closed."""
    begun = [
        (standing.check_in, seat.shift.start, seat, standing)
        for seat in seats
        if (standing := standing_of(seat)).check_in is not None
    ]
    if not begun:
        return None
    check_in, _, seat, standing = max(begun, key=lambda found: found[:2])
    provisional = standing.mode is DirectionMode.FIRST_LAST
    if (standing.open or provisional) and seat.takes_late_out(check_in, instant):
        return seat
    return None

"""Replay: every punch applied or not, in time order (rules.md sections 2 and 3)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attendance.domain.action import Action
from attendance.domain.direction import Direction
from attendance.domain.evidence import Item
from attendance.domain.instants import before
from attendance.domain.matching import Match, match
from attendance.domain.outcome import Outcome, PunchOutcome
from attendance.domain.policy import Policy
from attendance.domain.policy_words import DirectionMode, HolidayPunches
from attendance.domain.punched_times import mode_in_effect
from attendance.domain.reading import ReadPunch
from attendance.domain.record_times import standing_at
from attendance.domain.seat import Seat, reach_end
from attendance.domain.standing import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """The evidence applied to each shift, by shift id in replay order, and the outcomes."""

    applied: Mapping[str, Sequence[Item]]
    outcomes: Mapping[str, PunchOutcome]


def replay(items: Iterable[Item], seats: Iterable[Seat]) -> Replayed:
    """Replay evidence that is already in replay order against the seats of one person."""
    run = _Run(sorted(seats, key=lambda seat: (seat.window_start, seat.shift.shift_id)))
    for item in items:
        if isinstance(item.source, Action):
            run.take_action(item, item.source)
        else:
            run.take_punch(item, item.source)
    return Replayed(applied=run.applied, outcomes=run.outcomes)


class _Run:
    def __init__(self, seats: list[Seat]) -> None:
        self._seats = seats
        self._starts = [seat.window_start for seat in seats]
        self._by_id = {seat.shift.shift_id: seat for seat in seats}
        self._longest = max((reach_end(s) - s.window_start for s in seats), default=timedelta())
        self._last: tuple[Item, Seat] | None = None
        self.applied: dict[str, list[Item]] = {}
        self.outcomes: dict[str, PunchOutcome] = {}

    def take_action(self, item: Item, action: Action) -> None:
        """An action names its shift; on a manual absence it changes nothing."""
        seat = self._by_id.get(action.shift_id)
        if seat is not None and not seat.ruling.marked_absent:
            self._apply(item, seat)

    def take_punch(self, item: Item, read: ReadPunch) -> None:
        if self._last is not None and _bounces(item, self._last[0], read.policy):
            self._note(item, Outcome.DEBOUNCED, self._last[1], None)
            return
        found = match(
            item.instant,
            item.direction,
            self._near(item.instant),
            lambda seat: self._standing(seat, item.instant),
        )
        if found.seat is None:
            self._note(item, Outcome.UNMATCHED, None, found)
            return
        outcome = _taken_as(item, found.seat)
        if outcome is Outcome.APPLIED:
            self._apply(item, found.seat)
        self._note(item, outcome, found.seat, found)

    def _near(self, instant: datetime) -> Sequence[Seat]:
        """The seats whose window has begun and whose reach may not be over."""
        low = bisect_left(self._starts, before(instant, self._longest))
        return self._seats[low : bisect_right(self._starts, instant)]

    def _standing(self, seat: Seat, instant: datetime) -> Standing:
        items = self.applied.get(seat.shift.shift_id, ())
        if not items and not seat.ruling.corrected:
            return Standing()
        times = standing_at(seat, items, instant)
        return Standing(
            exists=bool(items) or times.check_in is not None or times.check_out is not None,
            check_in=times.check_in,
            open=times.open,
            mode=mode_in_effect(items, seat.policy.direction_mode),
        )

    def _apply(self, item: Item, seat: Seat) -> None:
        self.applied.setdefault(seat.shift.shift_id, []).append(item)
        self._last = item, seat

    def _note(self, item: Item, outcome: Outcome, seat: Seat | None, found: Match | None) -> None:
        self.outcomes[item.item_id] = PunchOutcome(
            outcome=outcome,
            instant=item.instant,
            shift_id=seat.shift.shift_id if seat else None,
            rule=found.rule if found else None,
            line=found.line if found else None,
            candidates=tuple(s.shift.shift_id for s in found.candidates) if found else (),
        )


def _bounces(item: Item, last: Item, policy: Policy) -> bool:
    """Debounce: too soon after the last applied evidence, unless both go different ways."""
    soon = timedelta(seconds=policy.debounce_seconds)
    if item.instant - last.instant >= soon:
        return False
    return not _different_ways(item.direction, last.direction)


def _different_ways(one: Direction | None, other: Direction | None) -> bool:
    return one is not None and other is not None and one is not other


def _taken_as(item: Item, seat: Seat) -> Outcome:
    """What a shift makes of a punch that was matched to it."""
    if seat.ruling.marked_absent:
        return Outcome.CONFLICT
    if seat.shift.holiday and seat.policy.holiday_punches is HolidayPunches.IGNORE:
        return Outcome.HOLIDAY
    if item.direction is None and seat.policy.direction_mode is DirectionMode.LABELLED:
        return Outcome.NO_DIRECTION
    return Outcome.APPLIED

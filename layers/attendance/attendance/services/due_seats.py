"""The seats that a sweep has to look at: what is due, not what exists (rules.md section 6)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from attendance.adapters.items.directory_items import NoteItem
from attendance.adapters.keys import sweep_key
from attendance.adapters.seats import StaleSeatError
from attendance.adapters.table_errors import ConditionFailedError
from attendance.model.seat import Seat
from attendance.runtime import Runtime
from attendance.services.judge_affected import is_due
from attendance.times import from_iso, to_iso

HOUR = timedelta(hours=1)
FIRST_LOOK_BACK = timedelta(days=4)
"""How far the very first sweep looks back."""
SETTLED = timedelta(hours=2)
"""An hour gets no more seats once it is over for so long (`seat_item.OVERDUE`)."""
LONG_DUE = timedelta(days=1)
MOST_SET_BACK = 500


def swept_since(parts: Runtime, now: datetime) -> datetime:
    """The hour (UTC) that a sweep at `now` begins with: the oldest that none has seen empty."""
    return _since(parts.table.get(NoteItem, sweep_key()), now)


def _since(known: NoteItem | None, now: datetime) -> datetime:
    return _hour(now - FIRST_LOOK_BACK) if known is None else from_iso(known.body["since"])


class DueSeats:
    """The due seats of all companies at `now` (UTC), to be gone through once.

    An hour that a sweep saw empty is not read again, and every other one is, however long the
    service was down.
    """

    def __init__(self, parts: Runtime, now: datetime) -> None:
        self._parts, self._now = parts, now
        self._known = parts.table.get(NoteItem, sweep_key())
        self._of_hours: list[Seat] = []

    def __iter__(self) -> Iterator[Seat]:
        for seat in self._parts.seats.overdue(self._now):
            if is_due(seat, self._now):
                yield seat
        hour = _since(self._known, self._now)
        while hour <= self._now:
            for seat in self._parts.seats.due(hour, self._now):
                if is_due(seat, self._now):
                    self._of_hours.append(seat)
                    yield seat
            hour += HOUR

    def note_progress(self) -> None:
        """Keep where the next sweep has to begin; call it when all have been gone through.

        What is due for a day is put among the overdue, so that it keeps no hour unread.
        """
        set_back = {seat.record_id for seat in self._of_hours[:MOST_SET_BACK] if self._late(seat)}
        rest = [s.due_at for s in self._of_hours if s.due_at and s.record_id not in set_back]
        since = _hour(min([*rest, self._now - SETTLED]))
        if self._known is not None and since == _since(self._known, self._now):
            return
        note = NoteItem(*sweep_key(), kind="note", body={"since": to_iso(since)})
        with suppress(ConditionFailedError):
            self._parts.table.save(note.at_revision((self._known and self._known.revision) or 0))

    def _late(self, seat: Seat) -> bool:
        """Whether a seat is now among the overdue; not, if it was written since it was read."""
        if seat.due_at is None or seat.due_at >= self._now - LONG_DUE:
            return False
        try:
            self._parts.seats.save(seat)
        except StaleSeatError:
            return False
        return True


def _hour(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0)

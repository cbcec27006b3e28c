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
        hour = self._since()
        while hour <= self._now:
            for seat in self._parts.seats.due(hour, self._now):
                if is_due(seat, self._now):
                    self._of_hours.append(seat)
                    yield seat
            hour += HOUR

    def _since(self) -> datetime:
        if self._known is None:
            return _hour(self._now - FIRST_LOOK_BACK)
        return from_iso(self._known.body["since"])

    def note_progress(self) -> None:
        """Keep where the next sweep has to begin; call it when all have been gone through.

        What is due for a day is put among the overdue, so that it keeps no hour unread.
        """
        rest = [seat.due_at for seat in self._of_hours[self._set_back() :] if seat.due_at]
        since = _hour(min([*rest, self._now - SETTLED]))
        if self._known is not None and since == self._since():
            return
        note = NoteItem(*sweep_key(), kind="note", body={"since": to_iso(since)})
        with suppress(ConditionFailedError):
            self._parts.table.save(note.at_revision((self._known and self._known.revision) or 0))

    def _set_back(self) -> int:
        """How many of the seats, oldest first, are now among the overdue or written since."""
        long_due = [
            seat
            for seat in self._of_hours[:MOST_SET_BACK]
            if seat.due_at and seat.due_at < self._now - LONG_DUE
        ]
        for seat in long_due:
            with suppress(StaleSeatError):
                self._parts.seats.save(seat)
        return len(long_due)


def _hour(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0)

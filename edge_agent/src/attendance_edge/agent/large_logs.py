"""How many records of large logs may be in memory at once, so that a fleet's first day fits.

A record that was read and is not yet on disk takes some 300 bytes: 50 terminals of 100,000 at
once would take more than a gigabyte. Small readings, such as what is new since the last one,
never wait.
"""

import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from attendance_edge.terminal import TerminalError

T = TypeVar("T")
MOST_RECORDS = 200_000
SMALL_RECORDS = 2_000
LOOK_SECONDS = 0.2


class NoRoomError(TerminalError):
    """Other large logs are being read; `records` is what was asked for."""

    def __init__(self, records: int) -> None:
        super().__init__("Other large logs are being read first.")
        self.records = records


class Room:
    """Shared by all readers of an agent; whoever waits longest is served first."""

    def __init__(self, most_records: int = MOST_RECORDS) -> None:
        self._most = most_records
        self._held = 0
        self._changed = threading.Condition()
        self._line: deque[object] = deque()

    def in_turn(self, converse: Callable[["Place"], T], given_up: Callable[[], bool]) -> T:
        """What a conversation brings; one that finds no room is held anew when there is some.

        Raises what it raises, NoRoomError if `given_up` while it waited.
        """
        with Place(self) as place:
            while True:
                try:
                    return converse(place)
                except NoRoomError as error:
                    if not place.wait(error.records, given_up):
                        raise

    def take(self, records: int) -> bool:
        """Take it now, if it is there and nobody waits for it."""
        with self._changed:
            return not self._line and self._take(records)

    def wait(self, records: int, given_up: Callable[[], bool]) -> bool:
        """Stand in line until it was taken (True), or until `given_up` says so."""
        ticket = object()
        with self._changed:
            self._line.append(ticket)
            try:
                while not given_up():
                    if self._line[0] is ticket and self._take(records):
                        return True
                    self._changed.wait(LOOK_SECONDS)
            finally:
                self._line.remove(ticket)
                self._changed.notify_all()
        return False

    def give(self, records: int) -> None:
        """It is on disk, or given up."""
        with self._changed:
            self._held -= records
            self._changed.notify_all()

    def _take(self, records: int) -> bool:
        """A log larger than all the room is read when it is alone."""
        if self._held and self._held + records > self._most:
            return False
        self._held += records
        return True


class Place:
    """One reading's part of the room, given back at its end."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._held = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._give()

    def ask(self, records: int) -> None:
        """Before so many records are read; NoRoomError when that has to wait."""
        if records <= max(SMALL_RECORDS, self._held):
            return
        self._give()
        if not self._room.take(records):
            raise NoRoomError(records)
        self._held = records

    def wait(self, records: int, given_up: Callable[[], bool]) -> bool:
        """Until there is room for so many, outside of any conversation."""
        self._give()
        if not self._room.wait(records, given_up):
            return False
        self._held = records
        return True

    def _give(self) -> None:
        if self._held:
            self._room.give(self._held)
            self._held = 0
